import { expect, it } from 'vitest'
import { findReplicaKey } from '../../../../../lib/core/config/parse/replica-key.ts'

const arn = 'arn:aws:kms:eu-west-1:123456789012'

it.each([
  [undefined, undefined],
  ['alias/shop', 'alias/shop'],
  [`${arn}:alias/team/shop`, 'alias/team/shop'],
  ['mrk-0123456789abcdef', 'mrk-0123456789abcdef'],
  [`${arn}:key/mrk-0123456789abcdef`, 'mrk-0123456789abcdef'],
  ['01234567-89ab-cdef-0123-456789abcdef', null],
  [`${arn}:key/01234567-89ab-cdef-0123-456789abcdef`, null],
])('of %s is %s', (kmsKeyId, expected) => {
  expect(findReplicaKey(kmsKeyId)).toBe(expected)
})
