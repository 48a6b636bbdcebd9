import { describe, expect, it } from 'vitest'
import { scanPlainScalar } from '../../../../../lib/core/yaml/scan/plain-scalar.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { scanText } from '../../../../fakes/yaml-scanner.ts'

/** As the value of a key. */
function scan(text: string, state: { flowLevel?: number; indent?: number } = {}) {
  const { result, rest, scanner } = scanText(text, scanPlainScalar, {
    indent: 0,
    mayStartKey: false,
    ...state,
  })
  return { value: result, rest, mayStartKey: scanner.mayStartKey }
}

describe('scanPlainScalar', () => {
  it.each([
    ['a b  # c', 'a b', '# c'],
    ['a#b: c', 'a#b', ': c'],
    ['a:b :', 'a:b', ':'],
    ['a, [b]', 'a, [b]', ''],
    ['a \t\n', 'a', ''],
    ['a\n---\n', 'a', '---\n'],
  ])('ends %j where it must', (text, value, rest) => {
    expect(scan(text)).toMatchObject({ value, rest })
  })

  it.each([
    ['a,', 'a'],
    ['a]', 'a'],
    ['a{', 'a'],
    ['a?', 'a'],
    ['a ,', 'a'],
    ['a:b', 'a:b'],
  ])('ends %j at an indicator in a flow collection', (text, value) => {
    expect(scan(text, { flowLevel: 1 }).value).toBe(value)
  })

  it('folds the lines that are indented, and lets a key start below', () => {
    expect(scan('a\n b\n\n  c\nd')).toEqual({ value: 'a b\nc', rest: 'd', mayStartKey: true })
    expect(scan('a\u2028 b').value).toBe('a\u2028b')
    expect(scan('a b').mayStartKey).toBe(false)
    expect(scan('a\nb', { flowLevel: 1 }).value).toBe('a b')
    expect(scan('a\n--- b', { flowLevel: 1 })).toMatchObject({ value: 'a', rest: '--- b' })
  })

  it('refuses a tab where a line must be indented', () => {
    expect(catchError(() => scan('a\n\tb', { indent: 1 }))?.data['line']).toBe(1)
  })
})
