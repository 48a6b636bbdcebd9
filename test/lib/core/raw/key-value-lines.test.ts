import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseKeyValueLines } from '../../../../lib/core/raw/key-value-lines.ts'

const parse = (text: string) => {
  const { values, disabled } = parseKeyValueLines(text, 'a.env')
  return { values: Object.fromEntries(values), disabled }
}

describe('parseKeyValueLines', () => {
  it.each([
    ['nothing', '', {}, []],
    ['lines of either ending', 'A=1\r\nB=2\n', { A: '1', B: '2' }, []],
    ['blanks around both sides', '  A  =  b c  ', { A: 'b c' }, []],
    ['the first = only', 'URL=postgres://h?a=b', { URL: 'postgres://h?a=b' }, []],
    ['quotes, escapes and export as they are', 'export A="b\\n"', { 'export A': '"b\\n"' }, []],
    ['an empty value', 'A=', { A: '' }, []],
    ['a # within a value', 'A=b#c', { A: 'b#c' }, []],
    ['comments and blank lines', '# nothing\n\n#\n  \n', {}, []],
    ['disabled keys', '#A=1\n## B = 2\n#A=3', {}, ['A', 'B']],
    ['a rule of a comment', '#=====', {}, []],
    ['a key that is only in part disabled', '#A=old\nA=new', { A: 'new' }, []],
    ['keys with the names of built-ins', 'constructor=x', { constructor: 'x' }, []],
  ])('reads %s', (_, text, values, disabled) => {
    expect(parse(text)).toEqual({ values, disabled })
  })

  it.each([
    ['a line without =', 'A=1\ncanary-3e8', 2],
    ['a line without a key', '=canary-3e8', 1],
    ['a key that comes twice', 'A=1\n\nA=canary-3e8', 3],
    ['a PEM', '-----BEGIN PRIVATE KEY-----\ncanary-3e8\n', 1],
  ])('refuses %s and shows the line number only', (_, text, line) => {
    expect(() => parse(text)).toThrow(
      expect.objectContaining({
        code: 'RawFileInvalid',
        data: { file: 'a.env', line },
        message: expect.not.stringContaining('canary'),
      }),
    )
  })

  it('reads back every file of plain keys and values', () => {
    const key = fc.stringMatching(/^[A-Za-z_][A-Za-z0-9_.-]{0,10}$/)
    const value = fc.string({ maxLength: 20 }).filter((text) => !/[\r\n]/.test(text) && text === text.trim())
    fc.assert(
      fc.property(fc.dictionary(key, value, { noNullPrototype: true }), (values) => {
        const text = Object.entries(values).map(([name, written]) => `${name}=${written}`)
        expect(parse(text.join('\n'))).toEqual({ values, disabled: [] })
      }),
    )
  })
})
