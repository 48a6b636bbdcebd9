import { expect, it } from 'vitest'
import { listCommentFields } from '../../../../../lib/core/sops/formats/comment-fields.ts'

it.each([
  [{ type: 'comment', text: ' a' }, false],
  [{ type: 'comment', text: ' a', inline: true }, true],
] as const)('names the text of %j and where it stood', (comment, inline) => {
  expect(listCommentFields(comment, ['t', 'i']).items).toEqual([
    { type: 'pair', key: 't', value: { type: 'str', text: ' a' } },
    { type: 'pair', key: 'i', value: { type: 'bool', value: inline } },
  ])
})
