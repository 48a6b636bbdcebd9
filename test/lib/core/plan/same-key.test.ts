import { expect, it } from 'vitest'
import { isSameKey } from '../../../../lib/core/plan/same-key.ts'

const arn = 'arn:aws:kms:eu-west-1:123456789012'

it.each([
  ['alias/a', 'alias/a', true],
  ['alias/a', `${arn}:alias/a`, true],
  ['alias/a', 'alias/b', false],
  ['k-1', `${arn}:key/k-1`, true],
  [`${arn}:key/k-1`, `${arn}:key/k-2`, false],
  ['alias/a', `${arn}:key/k-1`, undefined],
  ['k-1', 'alias/a', undefined],
])('%s and %s: %s', (one, other, expected) => {
  expect(isSameKey(one, other)).toBe(expected)
  expect(isSameKey(other, one)).toBe(expected)
})
