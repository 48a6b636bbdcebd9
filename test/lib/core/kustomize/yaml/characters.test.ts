import { expect, it } from 'vitest'
import {
  isBlank,
  isBlankOrEnd,
  isBreak,
  isBreakOrEnd,
  isDigit,
  isWord,
} from '../../../../../lib/core/kustomize/yaml/characters.ts'

it.each([
  [' ', 'blank blank-or-end'],
  ['\t', 'blank blank-or-end'],
  ['\n', 'break break-or-end blank-or-end'],
  ['\u2028', 'break break-or-end blank-or-end'],
  ['\0', 'break-or-end blank-or-end'],
  ['7', 'digit word'],
  ['_', 'word'],
  ['é', ''],
])('classifies %j', (character, classes) => {
  const code = character.charCodeAt(0)
  const found = [
    isBlank(code) && 'blank',
    isBreak(code) && 'break',
    isBreakOrEnd(code) && 'break-or-end',
    isBlankOrEnd(code) && 'blank-or-end',
    isDigit(code) && 'digit',
    isWord(code) && 'word',
  ]
  expect(found.filter(Boolean).join(' ')).toBe(classes)
})
