import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findSlotStart, listDueSlots } from '../../../../lib/core/source/pull-slots.ts'

const minuteMs = 60_000
const recurring = fc.record({
  key: fc.string(),
  intervalMs: fc.integer({ min: minuteMs, max: 60 * minuteMs }),
})

describe('findSlotStart', () => {
  it('is at most one interval ago and never ahead', () => {
    fc.assert(
      fc.property(recurring, fc.integer({ min: 1e12, max: 2e12 }), (entry, now) => {
        const start = findSlotStart(entry, now)
        expect(start).toBeLessThanOrEqual(now)
        expect(start).toBeGreaterThan(now - entry.intervalMs)
      }),
    )
  })
})

describe('listDueSlots', () => {
  it('finds an entry once in every interval, however the passes fall', () => {
    fc.assert(
      fc.property(
        recurring,
        fc.array(fc.integer({ min: 1, max: 3 * minuteMs }), { minLength: 30 }),
        (entry, gaps) => {
          const startedAt = 1_700_000_000_000
          let now = startedAt
          let found = 0
          for (const gap of gaps) {
            const since = now
            now += gap
            found += listDueSlots([entry], { since, now }).length
          }
          const first = findSlotStart(entry, startedAt)
          const last = findSlotStart(entry, now)
          const slots = Math.round((last - first) / entry.intervalMs)
          expect(found).toBeLessThanOrEqual(slots)
          expect(found).toBeGreaterThanOrEqual(slots > 0 ? Math.min(1, slots) : 0)
        },
      ),
    )
  })

  it('spreads many entries over their interval', () => {
    const entries = Array.from({ length: 1000 }, (_, index) => ({
      key: `r${index}`,
      intervalMs: 10 * minuteMs,
    }))
    const due = listDueSlots(entries, { since: 0 * minuteMs + 1e12, now: 1e12 + minuteMs })
    expect(due.length).toBeGreaterThan(60)
    expect(due.length).toBeLessThan(140)
  })

  it('takes everything on the first pass', () => {
    expect(listDueSlots([{ key: 'a', intervalMs: minuteMs }], { since: null, now: 1e12 })).toHaveLength(1)
  })
})
