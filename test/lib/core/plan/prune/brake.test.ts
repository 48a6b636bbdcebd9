import { describe, expect, it } from 'vitest'
import { countLosses, findBrake, isBraked } from '../../../../../lib/core/plan/prune/brake.ts'

describe('findBrake', () => {
  it.each([
    [{ deletions: 5, most: 5 }, 1, null],
    [{ deletions: 5, most: 5 }, 0, 'last-secret'],
    [{ deletions: 1, most: 1 }, 0, 'last-secret'],
    [{ deletions: 6, most: 24 }, 18, null],
    [{ deletions: 6, most: 23 }, 17, 'share'],
    [{ deletions: 25, most: 100 }, 75, null],
    [{ deletions: 26, most: 100 }, 74, 'share'],
  ])('with %j and %d left says %j', (losses, wanted, brake) => {
    expect(findBrake(losses, { wanted })).toBe(brake)
  })
})

describe('countLosses', () => {
  it('adds up the days and takes the most of all', () => {
    const days = [
      { day: '2026-01-30', deletions: 20, most: 100 },
      { day: '2026-01-31', deletions: 2, most: 80 },
    ]
    expect(countLosses(days, { planned: 3, present: 78 })).toEqual({ deletions: 25, most: 100 })
    expect(countLosses([], { planned: 3, present: 78 })).toEqual({ deletions: 3, most: 78 })
  })
})

describe('isBraked', () => {
  it.each([
    ['share', true],
    ['last-secret', true],
    ['report', false],
    ['new-uid', false],
    ['conflict', false],
    [undefined, false],
  ] as const)('tells whether %s waits for an approval', (held, expected) => {
    expect(isBraked({ unwanted: ['a'], digest: 'd', deletions: 1, most: 1, ...(held && { held }) })).toBe(
      expected,
    )
    expect(isBraked(undefined)).toBe(false)
  })
})
