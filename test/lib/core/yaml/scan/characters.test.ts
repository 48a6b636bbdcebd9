import { expect, it } from 'vitest'
import {
  endCode,
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
} from '../../../../../lib/core/yaml/scan/characters.ts'

const codes = Array.from({ length: 0x10000 }, (_, code) => code)
const matching = (test: (code: number) => boolean) =>
  codes
    .filter(test)
    .map((code) => String.fromCharCode(code))
    .join('')

it('tells the characters of YAML 1.1 apart', () => {
  expect(matching(isBlank)).toBe('\t ')
  expect(matching(isBreak)).toBe('\n\r\u0085\u2028\u2029')
  expect(matching(isBreakOrEnd)).toBe('\0\n\r\u0085\u2028\u2029')
  expect(matching(isBlankOrEnd)).toBe('\0\t\n\r \u0085\u2028\u2029')
  expect(endCode).toBe(0)
})
