import { expect, it } from 'vitest'
import {
  foldBreaks,
  isDocumentIndicator,
  takeBreaks,
} from '../../../../../lib/core/yaml/scan/line-folding.ts'
import { catchError } from '../../../../fakes/errors.ts'
import { createTestScanner, scanText } from '../../../../fakes/yaml-scanner.ts'

it.each([
  ['\n', ' '],
  ['\n\n', '\n'],
  ['\n\n\n', '\n\n'],
  ['\u2028', '\u2028'],
  ['\u2028\n', '\u2028\n'],
  ['', ''],
])('folds %j', (breaks, folded) => {
  expect(foldBreaks(breaks)).toBe(folded)
})

it('takes breaks and the blanks among them', () => {
  expect(scanText('\r\n \t\n  a', takeBreaks)).toMatchObject({ result: '\n\n', rest: 'a' })
})

it('refuses a tab left of a column', () => {
  expect(scanText('\n  \ta', (scanner) => takeBreaks(scanner, 2)).rest).toBe('a')
  expect(catchError(() => scanText('\n \ta', (scanner) => takeBreaks(scanner, 2)))?.data['line']).toBe(1)
})

it.each([
  ['---', true],
  ['--- a', true],
  ['...\n', true],
  ['---a', false],
  ['--', false],
  ['-.-', false],
  ['a', false],
])('judges whether %j parts documents', (text, parts) => {
  expect(isDocumentIndicator(createTestScanner(text))).toBe(parts)
})

it('finds no such indicator but at the start of a line', () => {
  expect(isDocumentIndicator(Object.assign(createTestScanner(' ---'), { index: 1 }))).toBe(false)
})
