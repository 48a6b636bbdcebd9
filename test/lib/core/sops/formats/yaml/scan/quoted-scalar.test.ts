import { describe, expect, it } from 'vitest'
import { createCursor } from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'
import { scanQuotedScalar } from '../../../../../../../lib/core/sops/formats/yaml/scan/quoted-scalar.ts'

const scan = (text: string) =>
  scanQuotedScalar(createCursor(text), text.startsWith("'") ? 'single' : 'double')

describe('scanQuotedScalar', () => {
  it.each([
    ["'a''b' c", "a'b"],
    ["''", ''],
    ["'\\n'", '\\n'],
    ["' a \n  b '", ' a b '],
    ["'a\n\n b'", 'a\nb'],
    ['""', ''],
    [String.raw`"\0\a\b\t\n\v\f\r\e\ \"\'\\"`, '\0\x07\b\t\n\v\f\r\x1b "\'\\'],
    [String.raw`"\N\_\L\P\x41\u00e9\U0001F389"`, '\u0085\u00a0\u2028\u2029Aé🎉'],
    ['"a \\\n  b"', 'a b'],
    ['"a\\\nb"', 'ab'],
    ['"a\\\n\n b"', 'a\nb'],
    ['"a\u2028  b"', 'a\u2028b'],
  ])('reads %j', (text, value) => {
    expect(scan(text)).toBe(value)
  })

  it.each([
    "'a",
    '"a',
    '"\\',
    '"\\/"',
    '"\\q"',
    '"\\x4"',
    '"\\x4g"',
    '"\\ud800"',
    '"\\U00110000"',
    '"a\n--- b"',
    "'\n... '",
  ])('refuses %j', (text) => {
    expect(() => scan(text)).toThrow(expect.objectContaining({ code: 'SopsFileUnreadable' }))
  })
})
