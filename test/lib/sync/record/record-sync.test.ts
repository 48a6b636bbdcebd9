import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError, toSyncError } from '../../../../lib/core/errors.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { intercept } from '../../../fakes/intercept.ts'
import { createRawShop, minuteMs, type RawShop } from '../../../fakes/raw-shop.ts'
import { takeTurns } from '../model/workers.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

/** One run has read the head; then another one makes so many calls, before the first goes on to its end. */
async function runBeside(calls: number): Promise<void> {
  const deadlineAt = shop.clock.now() + 5 * minuteMs
  const workers = ['first', 'second'].map((requestId) => async (turn: () => Promise<void>) => {
    const dependencies = intercept(shop.dependencies, async (_call, proceed) => {
      await turn()
      return await proceed()
    })
    // The one that is late looks again another time.
    await createSyncConfig(dependencies)(shop.poke('a', { requestId }), { deadlineAt }).catch(toSyncError)
  })
  await takeTurns(workers, [0, 0, ...Array(calls).fill(1), ...Array(99).fill(0)])
}

describe('the record of a sync', () => {
  it('is not written again by a manual sync that finds nothing to do', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.writes.length = 0
    shop.clock.advance(minuteMs)
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({
      result: 'ReconciliationSucceeded',
      outcomes: [],
    })
    expect(shop.writes).toEqual(['writeRequest'])
  })

  it('keeps inventory and dependencies of one generation, and writes them only when they change', async () => {
    shop.commit('A=1')
    await shop.sync()
    const first = (await shop.readHead())?.generation ?? 0
    shop.commit('A=2')
    await shop.sync()
    const second = (await shop.readHead())?.generation ?? 0
    expect(second).toBeGreaterThan(first)
    expect(await shop.state.readInventory('m/shop/a', first)).toEqual([])
    expect(await shop.state.readInventory('m/shop/a', second)).toMatchObject([{ name: 'api-A' }])
    expect(await shop.state.readDependencies('m/shop/a', second)).toMatchObject([{ path: '' }])
    shop.clock.advance(minuteMs)
    await shop.sync({ trigger: 'drift' })
    expect((await shop.readHead())?.generation).toBe(second)
  })

  it('leaves the lists of a faster run alone, whose turn it was meanwhile', async () => {
    shop.commit('A=1')
    const { promise: paused, resolve: resume } = Promise.withResolvers<void>()
    const { writeInventory } = shop.state
    const written = vi.spyOn(shop.state, 'writeInventory').mockImplementationOnce(async (...list) => {
      await paused
      await writeInventory(...list)
      throw new SyncError('StateUnavailable')
    })
    const slow = shop.sync()
    await vi.waitFor(() => expect(written).toHaveBeenCalled())
    shop.clock.advance(10 * minuteMs)
    shop.commit('A=1\nB=1')
    await shop.sync()
    const { generation = 0 } = (await shop.readHead()) ?? {}
    const readNames = async () =>
      (await shop.state.readInventory('m/shop/a', generation)).map(({ name }) => name)
    expect(await readNames()).toEqual(['api-A', 'api-B'])
    vi.spyOn(shop.state, 'readHead').mockRejectedValue(new SyncError('StateUnavailable'))
    resume()
    await expect(slow).rejects.toMatchObject({ code: 'StateUnavailable' })
    expect(await readNames()).toEqual(['api-A', 'api-B'])
  })

  it('tells of each change once, wherever another run sees it before it is told', async () => {
    for (let calls = 1; calls <= 30; calls++) {
      shop.close()
      shop = createRawShop()
      shop.commit('A=1')
      await shop.sync()
      shop.commit('A=2')
      await runBeside(calls)
      const entries = await shop.state.listHistory('m/shop/a', 99)
      const told = entries.toReversed().flatMap(({ outcomes }) => outcomes)
      expect({ calls, told }).toMatchObject({ calls, told: [{ action: 'create' }, { action: 'update' }] })
    }
  })

  it('is due again when a secret vanished under its hands', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    vi.spyOn(shop.store, 'put').mockRejectedValueOnce(new SyncError('SecretNotFound'))
    expect(await shop.sync()).toMatchObject({ result: 'SecretNotFound' })
    expect(await shop.readHead()).toHaveProperty('nextDueAt')
    shop.clock.advance(2 * minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
  })

  it('says with which revision everything is as Git says', async () => {
    const first = shop.commit('A=1')
    await shop.sync()
    shop.commit('A=1\nB=')
    await shop.sync()
    const head = await shop.readHead()
    expect(head?.applied?.revision.commit).toBe(first)
    expect(head?.attempted?.revision?.commit).not.toBe(first)
  })

  it('gives up on a head that somebody else keeps changing, so that the message comes back', async () => {
    shop.commit('A=1')
    const { readHead } = shop.state
    vi.spyOn(shop.state, 'readHead').mockImplementation(async (id) => {
      const head = await readHead(id)
      return head && { ...head, attempt: head.attempt + 1 }
    })
    await shop.sync()
    shop.commit('A=2')
    await expect(shop.sync()).rejects.toMatchObject({ code: 'StateConflict' })
  })
})
