import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countDeletions,
  listCountedDays,
  type PrunedDay,
} from '../../../../../lib/core/plan/prune/pruned-days.ts'
import { formatTime } from '../../../../../lib/core/time.ts'

const now = '2026-01-31T08:00:00.000Z'
const on = (day: string, deletions = 1, most = 10): PrunedDay => ({ day, deletions, most })

describe('listCountedDays', () => {
  it('counts at least seven times 24 hours', () => {
    const days = ['2026-01-23', '2026-01-24', '2026-01-30', '2026-01-31'].map((day) => on(day))
    expect(listCountedDays(days, now).map(({ day }) => day)).toEqual([
      '2026-01-24',
      '2026-01-30',
      '2026-01-31',
    ])
  })
})

describe('countDeletions', () => {
  it('adds to the day, keeps the most that there was, and forgets what no longer counts', () => {
    const days = countDeletions([on('2026-01-02'), on('2026-01-30', 2)], { deletions: 3, most: 8, now })
    expect(days).toEqual([on('2026-01-30', 2), on('2026-01-31', 3, 8)])
    expect(countDeletions(days, { deletions: 1, most: 5, now })).toEqual([
      on('2026-01-30', 2),
      on('2026-01-31', 4, 8),
    ])
    expect(countDeletions(days, { deletions: 0, most: 50, now })).toEqual(days)
  })

  it('loses no deletion of seven days and stays short, however they come', () => {
    const runs = fc.array(fc.record({ afterMs: fc.nat(3 * 86_400_000), deletions: fc.nat(20) }))
    fc.assert(
      fc.property(runs, (history) => {
        let at = Date.parse(now)
        let days: readonly PrunedDay[] = []
        const log: { at: number; deletions: number }[] = []
        for (const { afterMs, deletions } of history) {
          at += afterMs
          days = countDeletions(days, { deletions, most: 100, now: formatTime(at) })
          log.push({ at, deletions })
        }
        const recent = log.filter((run) => run.at > at - 7 * 86_400_000)
        const counted = days.reduce((sum, { deletions }) => sum + deletions, 0)
        expect(counted).toBeGreaterThanOrEqual(recent.reduce((sum, { deletions }) => sum + deletions, 0))
        expect(days.length).toBeLessThanOrEqual(8)
      }),
    )
  })
})
