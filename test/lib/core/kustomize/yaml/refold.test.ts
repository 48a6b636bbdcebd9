import { expect, it } from 'vitest'
import { refold } from '../../../../../lib/core/kustomize/yaml/refold.ts'

const source = { file: 'f', code: 'ManifestInvalid', dialect: 'v3', encrypted: false } as const

it.each([
  ['fold ed\n', 'fold ed\n'],
  ['a\n\nb', 'a\n\nb'],
  ['a\n b\nc\n', 'a\n\n b\nc\n'],
  [' a\nb\n', ' a\nb\n'],
  ['\n', '\n'],
])('reads %j again as %j', (text, expected) => {
  expect(refold(text, source)).toBe(expected)
})
