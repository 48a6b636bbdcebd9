import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findWriteApi, grantTokens, type QuotaLease } from '../../../../../lib/core/plan/pace/budget.ts'
import { formatTime } from '../../../../../lib/core/time.ts'

const now = Date.UTC(2026, 0, 31, 8)
const until = (ms: number): QuotaLease => ({ freeAt: formatTime(now + ms) })
const push = { api: 'create', now, yields: false } as const
const firstSync = { ...push, yields: true }

describe('grantTokens', () => {
  it('grants a second of 70 % of the quota', () => {
    expect(grantTokens(null, push)).toEqual({
      lease: until(1_000),
      startsAt: now,
      intervalMs: 1000 / 35,
      count: 35,
    })
  })

  it('queues a push behind what is taken, and lets a first sync ask again', () => {
    expect(grantTokens(until(400), push)).toMatchObject({ startsAt: now + 400, lease: until(1_400) })
    expect(grantTokens(until(400), firstSync)).toEqual({ askAgainAt: now + 400 })
    expect(grantTokens(until(-1), firstSync)).toMatchObject({ startsAt: now })
  })

  it('is not held up by a lease of a clock that was wrong', () => {
    expect(grantTokens(until(3_600_000), push)).toMatchObject({ startsAt: now })
  })

  it('never grants two tokens for the same time, however many ask and when', () => {
    const asks = fc.array(fc.tuple(fc.nat(3_000), fc.boolean()), { maxLength: 50 })
    fc.assert(
      fc.property(asks, (list) => {
        let lease: QuotaLease | null = null
        let time = now
        const used: number[] = []
        for (const [passed, yields] of list) {
          time += passed
          const grant = grantTokens(lease, { api: 'version', now: time, yields })
          if ('askAgainAt' in grant) continue
          lease = grant.lease
          for (let n = 0; n < grant.count; n++) used.push(grant.startsAt + n * grant.intervalMs)
        }
        const gaps = used.slice(1).map((at, n) => at - (used[n] ?? 0))
        expect(gaps.every((gap) => gap >= 1000 / 35 - 1e-3)).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})

it.each([
  ['create', 'create'],
  ['update', 'version'],
  ['relabel', 'version'],
  ['adopt', 'tag'],
  ['conflict', null],
] as const)('counts %s as %s', (action, api) => {
  expect(findWriteApi({ action, name: 'a' })).toBe(api)
})
