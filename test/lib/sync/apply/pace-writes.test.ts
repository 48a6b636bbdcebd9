import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { Change } from '../../../../lib/core/plan/plan.ts'
import { createPacer } from '../../../../lib/sync/apply/pace-writes.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const key = '000000000000#eu-west-1#create'
let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  vi.restoreAllMocks()
  harness.close()
})

const create: Change = { action: 'create', name: 'a', because: 'missing', versionId: 'v' }
const many = (count: number) => Array.from({ length: count }, () => create)

function pacer(count: number, { yields = false, timeMs = 600_000 } = {}) {
  const plan = { changes: many(count) }
  const stopAt = harness.clock.now() + timeMs
  return createPacer(harness.dependencies, { target: harness.store.target, plan, yields, stopAt })
}

/** @returns how long `count` writes take */
async function write(count: number, pace: ReturnType<typeof pacer>): Promise<number> {
  const startedAt = harness.clock.now()
  await Promise.all(many(count).map((change) => pace(change)))
  return harness.clock.now() - startedAt
}

describe('a pacer', () => {
  it('lets 25 writes out at once, and asks nobody', async () => {
    const read = vi.spyOn(harness.state, 'readQuota')
    expect(await write(25, pacer(25))).toBe(0)
    expect(read).not.toHaveBeenCalled()
  })

  it('spreads more over 70 % of the quota, one lease for each second', async () => {
    const leases = vi.spyOn(harness.state, 'writeQuota')
    const tookMs = await write(350, pacer(350))
    expect(tookMs).toBeGreaterThanOrEqual(9_900)
    expect(tookMs).toBeLessThanOrEqual(10_100)
    expect(leases).toHaveBeenCalledTimes(10)
  })

  it('shares the quota with other runs', async () => {
    const [one, other] = [pacer(100), pacer(100)]
    const startedAt = harness.clock.now()
    await Promise.all([write(70, one), write(70, other)])
    expect(harness.clock.now() - startedAt).toBeGreaterThanOrEqual(3_900)
  })

  it('gives up what it has missed while it was held up', async () => {
    const pace = pacer(100)
    await write(5, pace)
    harness.clock.advance(5_000)
    const leases = vi.spyOn(harness.state, 'writeQuota')
    const tookMs = await write(35, pace)
    expect(leases).toHaveBeenCalledTimes(1)
    expect(tookMs).toBeGreaterThanOrEqual(960)
  })

  it('goes on when another run was faster', async () => {
    const { writeQuota } = harness.state
    vi.spyOn(harness.state, 'writeQuota').mockImplementationOnce(async (quota, lease, before) => {
      await writeQuota(quota, lease, before)
      throw new SyncError('StateConflict')
    })
    await write(1, pacer(26))
    expect(await harness.state.readQuota(key)).not.toBeNull()
  })

  it('lets a push go before a first sync', async () => {
    const ahead = new Date(harness.clock.now() + 5_000).toISOString()
    await harness.state.writeQuota(key, { freeAt: ahead }, null)
    expect(await write(1, pacer(26))).toBe(5_000)
    const behind = await write(1, pacer(26, { yields: true }))
    expect(behind).toBeGreaterThan(900)
  })

  it('waits no longer than the time lasts', async () => {
    const ahead = new Date(harness.clock.now() + 60_000).toISOString()
    await harness.state.writeQuota(key, { freeAt: ahead }, null)
    expect(await write(1, pacer(26, { yields: true, timeMs: 7_000 }))).toBeLessThanOrEqual(7_200)
    expect(await write(1, pacer(26, { timeMs: 7_000 }))).toBeLessThanOrEqual(7_200)
  })

  it('says that the state does not answer', async () => {
    vi.spyOn(harness.state, 'readQuota').mockRejectedValue(new SyncError('StateUnavailable'))
    await expect(pacer(26)(create)).rejects.toMatchObject({ code: 'StateUnavailable' })
  })

  it('asks nothing for a conflict', async () => {
    const conflict: Change = { action: 'conflict', name: 'a', because: 'not-marked', code: 'SecretNotOwned' }
    const read = vi.spyOn(harness.state, 'readQuota')
    await pacer(26)(conflict)
    expect(read).not.toHaveBeenCalled()
  })
})
