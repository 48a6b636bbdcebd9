import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findNextDue } from '../../../../lib/core/status/next-due.ts'

const now = 1_800_000_000_000
const minutesUntil = (attempt: number, chance = 0) =>
  (Date.parse(findNextDue(['GitRefNotFound'], { attempt, now, chance }) ?? '') - now) / 60_000

describe('findNextDue', () => {
  it('waits longer each time, up to ten minutes', () => {
    expect([1, 2, 3, 4, 5, 6, 7, 8, 99].map((attempt) => minutesUntil(attempt))).toEqual([
      1, 1, 2, 3, 5, 8, 10, 10, 10,
    ])
  })

  it('stays between one and ten minutes whatever the chance', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.double({ min: 0, max: 0.999, noNaN: true }), (attempt, chance) => {
        expect(minutesUntil(attempt, chance)).toBeGreaterThanOrEqual(1)
        expect(minutesUntil(attempt, chance)).toBeLessThanOrEqual(10)
      }),
    )
  })

  it('is never for what only a person can mend', () => {
    expect(findNextDue(['SopsMacMismatch'], { attempt: 1, now, chance: 0 })).toBeUndefined()
    expect(findNextDue(['SopsMacMismatch', 'StoreThrottled'], { attempt: 1, now, chance: 0 })).toBeDefined()
  })
})
