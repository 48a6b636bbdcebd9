import { expect, it } from 'vitest'
import { chooseTier } from '../../../../lib/core/parameters/tier.ts'

it.each([
  [1, 'Standard'],
  [4_096, 'Standard'],
  [4_097, 'Advanced'],
  [8_192, 'Advanced'],
  [8_193, null],
])('puts %i bytes into %s', (sizeBytes, tier) => {
  expect(chooseTier(sizeBytes)).toBe(tier)
})
