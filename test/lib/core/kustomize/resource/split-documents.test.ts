import { expect, it } from 'vitest'
import { splitDocuments } from '../../../../../lib/core/kustomize/resource/split-documents.ts'
import { codeOf } from '../../../../fakes/errors.ts'
import { manifestSource } from '../../../../fakes/resource.ts'

it.each([
  ['', []],
  ['a\n---\nb\n', ['a\n', 'b\n']],
  ['---\na\n--- # c\nb', ['---\na\n', 'b']],
  ['a\r\n---\r\nb', ['a\n', 'b']],
  ['a\n---\n---\nb', ['a\n', '---\nb']],
  ['a\n---', ['a\n---']],
])('splits %j', (text, pieces) => {
  expect(splitDocuments(text, manifestSource)).toEqual(pieces)
})

it('refuses text after a separator', () => {
  expect(codeOf(() => splitDocuments('a\n--- b\nc', manifestSource))).toBe('ManifestInvalid')
})
