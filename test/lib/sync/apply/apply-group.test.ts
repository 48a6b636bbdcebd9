import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { formatTime } from '../../../../lib/core/time.ts'
import { createRequests } from '../../../../lib/sync/requests.ts'
import { createAtomicShop, groupNames, readGroup } from '../../../fakes/atomic-shop.ts'
import { minuteMs, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let before: Awaited<ReturnType<typeof readGroup>>

beforeEach(async () => {
  shop = await createAtomicShop()
  before = await readGroup(shop)
  shop.writes.length = 0
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

async function push(text: string) {
  shop.commit(text)
  return await shop.sync()
}

const resultsOf = ({ outcomes }: Awaited<ReturnType<typeof push>>) =>
  outcomes.map(({ change, result, code }) => [change.name, result, ...(code ? [code] : [])])

/** Makes one call of the store fail for one secret. */
function fail(call: 'put' | 'moveCurrent' | 'create', failing: string) {
  const spied = vi.spyOn(shop.store, call)
  const original = spied.getMockImplementation() ?? shop.store[call]
  spied.mockRestore()
  const real = shop.store[call] as (...args: unknown[]) => Promise<unknown>
  return vi.spyOn(shop.store, call).mockImplementation((async (...args: [unknown, ...unknown[]]) => {
    const [first] = args
    const name = typeof first === 'string' ? first : (first as { name: string }).name
    if (name === failing) throw new SyncError('StoreAccessDenied')
    return await real(...args)
  }) as typeof original)
}

describe('a group', () => {
  it('is staged as a whole before the first label moves', async () => {
    const seen: unknown[] = []
    const { moveCurrent } = shop.store
    vi.spyOn(shop.store, 'moveCurrent').mockImplementation(async (...move) => {
      seen.push(
        await Promise.all(groupNames.map(async (name) => (await shop.store.describe(name))?.versions.size)),
      )
      await moveCurrent(...move)
    })
    expect(await push('A=2\nB=2\nC=2')).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(seen[0]).toEqual([2, 2, 2])
    expect(shop.writes.lastIndexOf('put')).toBeLessThan(shop.writes.indexOf('moveCurrent'))
    const after = await readGroup(shop)
    expect(after.every((version, index) => version !== before[index])).toBe(true)
  })

  it('leaves readers with what they had where one version cannot be staged', async () => {
    const failing = fail('put', 'api-B')
    expect(resultsOf(await push('A=2\nB=2\nC=2'))).toEqual([
      ['api-A', 'skipped'],
      ['api-B', 'deferred', 'StoreAccessDenied'],
      ['api-C', 'skipped'],
    ])
    expect(await readGroup(shop)).toEqual(before)
    failing.mockRestore()
    shop.clock.advance(20 * minuteMs)
    const retried = await shop.sync({ trigger: 'schedule' })
    expect(retried.plan?.changes.map(({ action }) => action)).toEqual(['relabel', 'update', 'relabel'])
    expect(retried.outcomes.every(({ result }) => result === 'applied')).toBe(true)
  })

  it('goes back where a label does not move', async () => {
    fail('moveCurrent', 'api-C')
    expect(resultsOf(await push('A=2\nB=2\nC=2'))).toEqual([
      ['api-A', 'skipped'],
      ['api-B', 'skipped'],
      ['api-C', 'failed', 'StoreAccessDenied'],
    ])
    expect(await readGroup(shop)).toEqual(before)
    expect(await shop.readHead()).not.toHaveProperty('lease')
  })

  it('is looked at secret by secret after it went back: a list may show it as it was in between', async () => {
    fail('moveCurrent', 'api-C')
    shop.clock.advance(20 * minuteMs)
    await push('A=2\nB=2\nC=2')
    const { generation = 0 } = (await shop.readHead()) ?? {}
    const inventory = await shop.state.readInventory('m/shop/a', generation)
    const now = formatTime(shop.clock.now())
    expect(inventory.map(({ writtenAt }) => writtenAt)).toEqual([now, now, now])
  })

  it('waits for new secrets, which come first', async () => {
    fail('create', 'api-D')
    await push('A=2\nB=2\nC=2\nD=1')
    expect(await readGroup(shop)).toEqual(before)
    vi.restoreAllMocks()
    fail('put', 'api-B')
    shop.clock.advance(20 * minuteMs)
    const report = await shop.sync({ trigger: 'schedule' })
    expect(resultsOf(report)[0]).toEqual(['api-D', 'applied'])
    expect(await readGroup(shop)).toEqual(before)
    expect(await shop.current('api-D')).toBeDefined()
  })

  it('waits as a whole where a secret is not ours', async () => {
    await shop.store.tag('api-B', { 'smc-owner': 'somebody' })
    expect(resultsOf(await push('A=2\nB=2\nC=2'))).toEqual([
      ['api-B', 'failed', 'SecretNotOwned'],
      ['api-A', 'skipped'],
      ['api-C', 'skipped'],
    ])
    expect(await readGroup(shop)).toEqual(before)
  })

  it('begins no move when the time is over', async () => {
    const { put } = shop.store
    vi.spyOn(shop.store, 'put').mockImplementation(async (version) => {
      shop.clock.advance(5 * minuteMs)
      return await put(version)
    })
    const report = await push('A=2\nB=2\nC=2')
    expect(report.outcomes.map(({ code }) => code)).toEqual(Array(3).fill('DeadlineReached'))
    expect(await readGroup(shop)).toEqual(before)
    vi.restoreAllMocks()
    const [continuation] = shop.queue.sent.filter(({ poke }) => poke.trigger === 'continuation')
    expect(await shop.sync(continuation?.poke)).toMatchObject({ result: 'ReconciliationSucceeded' })
  })

  it('also goes back to a point of the history as a whole', async () => {
    await push('A=2\nB=2\nC=2')
    const after = await readGroup(shop)
    const requests = createRequests({ ...shop, createRequestId: () => 'order' })
    await requests.rollback('m/shop/a', { from: 'api', name: 'ada' }, { partial: false, dryRun: false })
    const failing = fail('moveCurrent', 'api-A')
    await shop.sync({ trigger: 'manual', requestId: 'order' })
    expect(await readGroup(shop)).toEqual(after)
    failing.mockRestore()
    await shop.sync({ trigger: 'manual', requestId: 'order' })
    expect(await readGroup(shop)).toEqual(before)
  })
})
