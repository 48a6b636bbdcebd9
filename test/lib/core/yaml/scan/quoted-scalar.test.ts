import { describe, expect, it } from 'vitest'
import { scanQuotedScalar } from '../../../../../lib/core/yaml/scan/quoted-scalar.ts'
import { catchError, codeOf } from '../../../../fakes/errors.ts'
import { scanText } from '../../../../fakes/yaml-scanner.ts'

const scan = (text: string) => scanText(text, scanQuotedScalar)

describe('scanQuotedScalar', () => {
  it.each([
    ["'a''b' c", "a'b"],
    ["''", ''],
    ["''''", "'"],
    ["'\\n'", '\\n'],
    ["' a \n  b '", ' a b '],
    ["'a\n\n b'", 'a\nb'],
    ['""', ''],
    ['"a  b"', 'a  b'],
    [String.raw`"\0\a\b\t\n\v\f\r\e\ \"\'\\"`, '\0\x07\b\t\n\v\f\r\x1b "\'\\'],
    [String.raw`"\N\_\L\P\x41\u00e9\U0001F389"`, '\u0085\u00a0\u2028\u2029Aé🎉'],
    ['"a \\\n  b"', 'a b'],
    ['"a\\\nb"', 'ab'],
    ['"a\\\n\n b"', 'a\nb'],
    ['"a\\t  \n  b"', 'a\t b'],
    ['"a\u2028  b"', 'a\u2028b'],
  ])('reads %j', (text, value) => {
    expect(scan(text).result).toBe(value)
  })

  it('leaves what follows the closing quote', () => {
    expect([scan('"a": b').rest, scan("'a': b").rest]).toEqual([': b', ': b'])
  })

  it.each([
    '"\\',
    '"\\/"',
    '"\\q"',
    '"\\x4"',
    '"\\x4g"',
    '"\\ud83d\\ude00"',
    '"\\U00110000"',
    '"a\n--- b"',
    '"a\\\n--- b"',
    "'\n... '",
  ])('refuses %j', (text) => {
    expect(codeOf(() => scan(text))).toBe('ManifestInvalid')
  })

  it.each(["'a\nb", '"a\nb'])('names the line on which %j starts', (text) => {
    expect(catchError(() => scan(text))?.data).toEqual({ reason: 'quoted scalar without an end', line: 0 })
  })
})
