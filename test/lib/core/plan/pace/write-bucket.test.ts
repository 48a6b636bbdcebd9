import { describe, expect, it } from 'vitest'
import { countWrites, findDeferral } from '../../../../../lib/core/plan/pace/write-bucket.ts'
import type { Change } from '../../../../../lib/core/plan/plan.ts'
import type { InventoryEntry } from '../../../../../lib/core/state/records.ts'
import { formatTime } from '../../../../../lib/core/time.ts'

const start = Date.UTC(2026, 0, 31, 8)
const quarterMs = 15 * 60_000
const entry = (part: Partial<InventoryEntry> = {}): InventoryEntry => ({
  name: 'a',
  versionId: 'v0',
  writtenAt: formatTime(start),
  ...part,
})
const update = (versionId: string): Change => ({
  action: 'update',
  name: 'a',
  because: 'value-changed',
  versionId,
})
const relabel = (versionId: string): Change => ({ ...update(versionId), action: 'relabel' }) as Change
const create: Change = { action: 'create', name: 'a', because: 'missing', versionId: 'v0' }
const restore: Change = { action: 'restore', name: 'a', because: 'scheduled-for-deletion' }
const retag: Change = { action: 'retag', name: 'a', because: 'tags-changed' }

function write(before: InventoryEntry, change: Change, now: number): InventoryEntry {
  const versionId = 'versionId' in change ? change.versionId : before.versionId
  const { versions: _, repairs: __, ...rest } = before
  const [after = before] = countWrites([{ ...rest, versionId }], {
    before: [before],
    outcomes: [{ change, result: 'applied' }],
    at: formatTime(now),
  })
  return after
}

/** Makes the change as often as it may be made, at one time. @returns how often, and the entry afterwards */
function exhaust(from: InventoryEntry, next: (n: number) => Change, now: number) {
  let known = from
  let times = 0
  while (times < 200 && findDeferral(next(times), known, now) === null) {
    known = write(known, next(times), now)
    times += 1
  }
  return { times, known }
}

describe('the bucket of versions', () => {
  const next = (n: number) => update(`v${n + 1}`)

  it('takes sixty at once, then one each quarter of an hour', () => {
    const { times, known } = exhaust(entry(), next, start)
    expect(times).toBe(60)
    expect(findDeferral(update('x'), known, start)).toBe('WriteDeferred')
    expect(findDeferral(update('x'), known, start + quarterMs - 1)).toBe('WriteDeferred')
    expect(exhaust(known, next, start + quarterMs).times).toBe(1)
    expect(exhaust(known, next, start + 4 * quarterMs).times).toBe(4)
    expect(exhaust(known, next, start + 100 * quarterMs).times).toBe(60)
  })

  it('is not filled by moves of a label, by tags or by a first version', () => {
    const full = exhaust(entry(), next, start).known
    for (const change of [relabel('x'), retag]) expect(findDeferral(change, full, start)).toBeNull()
    expect(findDeferral(create, undefined, start)).toBeNull()
    expect(write(entry(), retag, start)).toEqual(entry())
  })
})

describe('the breaker', () => {
  it.each([
    ['relabel', () => relabel('v0')],
    ['create', () => create],
    ['restore', () => restore],
  ] as const)('opens after six repairs by %s', (_, next) => {
    const { times, known } = exhaust(entry(), next, start)
    expect(times).toBe(6)
    expect(findDeferral(next(), known, start)).toBe('SecretContested')
    expect(findDeferral(next(), known, start + quarterMs)).toBeNull()
  })

  it('lets through what Git has changed', () => {
    const { known } = exhaust(entry(), () => relabel('v0'), start)
    expect(findDeferral(update('v1'), known, start)).toBeNull()
    expect(write(known, update('v1'), start).repairs).toEqual(known.repairs)
  })
})

it('leaves the counts of what was not written as they are', () => {
  const before = [entry({ versions: { level: 3, at: formatTime(start) } })]
  const change = update('v1')
  const failed = { change, result: 'failed', code: 'StoreThrottled' } as const
  expect(countWrites([entry()], { before, outcomes: [failed], at: formatTime(start + quarterMs) })).toEqual(
    before,
  )
})
