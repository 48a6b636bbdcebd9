import { expect, it } from 'vitest'
import { createCursor } from '../../../../../../../lib/core/sops/formats/yaml/scan/cursor.ts'
import {
  foldBreaks,
  isDocumentIndicator,
} from '../../../../../../../lib/core/sops/formats/yaml/scan/line-folding.ts'

it.each([
  ['\n', ' '],
  ['\n\n', '\n'],
  ['\n\n\n', '\n\n'],
  ['\u2028', '\u2028'],
  ['\u2028\n', '\u2028\n'],
])('folds %j', (breaks, folded) => {
  expect(foldBreaks(breaks)).toBe(folded)
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
  expect(isDocumentIndicator(createCursor(text))).toBe(parts)
})

it('finds no such indicator but at the start of a line', () => {
  expect(isDocumentIndicator({ ...createCursor(' ---'), index: 1 })).toBe(false)
})
