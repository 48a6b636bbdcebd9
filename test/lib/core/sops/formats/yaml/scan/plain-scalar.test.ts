import { describe, expect, it } from 'vitest'
import { createCursor } from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'
import { scanPlainScalar } from '../../../../../../../lib/core/sops/formats/yaml/scan/plain-scalar.ts'

const scan = (text: string, isFlow = false, indent = 1) => {
  const cursor = createCursor(text)
  return { ...scanPlainScalar(cursor, { isFlow, indent }), rest: text.slice(cursor.index) }
}

describe('scanPlainScalar', () => {
  it.each([
    ['a b  # c', 'a b', '# c'],
    ['a#b: c', 'a#b', ': c'],
    ['a:b :', 'a:b', ':'],
    ['a, [b]', 'a, [b]', ''],
    ['a \t\n', 'a', ''],
  ])('ends %j where it must', (text, value, rest) => {
    expect(scan(text)).toMatchObject({ value, rest })
  })

  it.each([
    ['a,', 'a'],
    ['a]', 'a'],
    ['a{', 'a'],
    ['a?', 'a'],
    ['a:b', 'a:b'],
  ])('ends %j at an indicator in a flow collection', (text, value) => {
    expect(scan(text, true).value).toBe(value)
  })

  it('folds the lines that are indented, and says that it has left its own', () => {
    expect(scan('a\n b\n\n  c\nd')).toEqual({ value: 'a b\nc', endsAbove: true, rest: 'd' })
    expect(scan('a b').endsAbove).toBe(false)
    expect(scan('a\n--- b', true)).toMatchObject({ value: 'a', rest: '--- b' })
  })

  it('refuses a tab where a line must be indented', () => {
    expect(() => scan('a\n\tb', false, 2)).toThrow(expect.objectContaining({ data: { line: 2 } }))
  })
})
