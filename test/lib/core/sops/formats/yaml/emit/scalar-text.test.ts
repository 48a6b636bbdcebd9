import { describe, expect, it } from 'vitest'
import {
  formatLiteralHeader,
  quoteDouble,
} from '../../../../../../../lib/core/sops/formats/yaml/emit/scalar-text.ts'

describe('quoteDouble', () => {
  it.each([
    ['a "b" \\', String.raw`"a \"b\" \\"`],
    ['\0\x07\b\t\n\v\f\r\x1b', String.raw`"\0\a\b\t\n\v\f\r\e"`],
    ['\u0085\u2028\u2029', String.raw`"\N\L\P"`],
    ['\x01\x7f', String.raw`"\x01\x7F"`],
    ['é\u00a0\ud7ff\ue000\ufffd', '"é\u00a0\ud7ff\ue000\ufffd"'],
    ['a\ufeff\uffff', String.raw`"a\uFEFF\uFFFF"`],
    ['🎉', String.raw`"\U0001F389"`],
    ['\ufeffa 🎉\u00a0', String.raw`"\uFEFF\x61\x20\U0001F389\_"`],
  ])('escapes %j as go-yaml does', (text, quoted) => {
    expect(quoteDouble(text)).toBe(quoted)
  })
})

describe('formatLiteralHeader', () => {
  it.each([
    ['a\nb', '|-'],
    ['a\n', '|'],
    ['a\n\n', '|+'],
    ['\n', '|4+'],
    ['\na', '|4-'],
    [' a\n', '|4'],
    ['a\u2028\n', '|+'],
  ])('says depth and end of %j', (text, header) => {
    expect(formatLiteralHeader(text)).toBe(header)
  })
})
