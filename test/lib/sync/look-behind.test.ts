import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStoreDatabase } from '../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../lib/adapters/stores/local.ts'
import { SyncError } from '../../../lib/core/errors.ts'
import type { SecretStore } from '../../../lib/ports.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../fakes/raw-shop.ts'

const left = { account: '000000000000', region: 'eu-west-1' }
let shop: RawShop
let elsewhere: SecretStore
let close: () => void

beforeEach(async () => {
  shop = createRawShop()
  const database = openStoreDatabase(':memory:')
  const target = { account: left.account, region: 'eu-central-1' }
  elsewhere = createLocalStore({ database, clock: shop.clock, target })
  close = database.close
  const stores: RawShop['dependencies']['stores'] = async ({ aws }) =>
    aws.region === left.region ? shop.store : elsewhere
  Object.assign(shop.dependencies, { stores })
  shop.commit('A=1\nB=1')
  await shop.sync()
  shop.clock.advance(10 * minuteMs)
})
afterEach(() => {
  vi.restoreAllMocks()
  close()
  shop.close()
})

function publishTo(region: string, prune = 'schedule'): void {
  shop.configs.put(rawConfig({}, { provider: { aws: { region } }, prune }))
}

async function move(): Promise<void> {
  publishTo('eu-central-1')
  shop.commit('B=1\nC=1')
  await shop.sync()
}

async function readCondition() {
  return (await shop.readHead())?.status.conditions.find(({ type }) => type === 'LeftBehind')
}

describe('a config that publishes to another region', () => {
  it('lists what it has left behind in plan and status, and leaves it as it is', async () => {
    const versions = [await shop.current('api-A'), await shop.current('api-B')]
    publishTo('eu-central-1')
    const plan = await shop.sync({ trigger: 'manual', planOnly: true })
    expect(plan.plan?.leftBehind).toEqual([{ ...left, names: ['api-A', 'api-B'] }])
    await move()
    expect(await readCondition()).toMatchObject({
      reason: 'SecretLeftBehind',
      message: expect.stringContaining('eu-west-1 of 000000000000: api-A, api-B'),
    })
    expect([await shop.current('api-A'), await shop.current('api-B')]).toEqual(versions)
    expect((await shop.store.describe('api-A'))?.deletionAt).toBeUndefined()
    expect(await elsewhere.describe('api-A')).toBeNull()
  })

  it('goes on to list it, and writes nothing for that', async () => {
    await move()
    shop.writes.length = 0
    await shop.sync({ trigger: 'drift' })
    expect(shop.writes).toEqual([])
    shop.commit('B=2\nC=1')
    expect((await shop.sync()).plan?.leftBehind).toEqual([{ ...left, names: ['api-A', 'api-B'] }])
    expect(await readCondition()).toBeDefined()
  })

  it('lists no more what somebody has deleted there, once it is asked to look', async () => {
    await move()
    shop.forceDelete('api-A')
    expect((await shop.sync({ trigger: 'manual' })).plan?.leftBehind).toEqual([{ ...left, names: ['api-B'] }])
    await shop.store.scheduleDeletion('api-B', 7)
    expect((await shop.sync({ trigger: 'manual' })).plan).not.toHaveProperty('leftBehind')
    expect(await readCondition()).toBeUndefined()
    expect(await shop.readHead()).not.toHaveProperty('leftBehind')
  })

  it('keeps the list while the old place does not answer', async () => {
    await move()
    vi.spyOn(shop.store, 'describe').mockRejectedValue(new SyncError('StoreAccessDenied'))
    const report = await shop.sync({ trigger: 'manual' })
    expect(report).toMatchObject({
      result: 'ReconciliationSucceeded',
      plan: { leftBehind: [{ ...left, names: ['api-A', 'api-B'] }] },
    })
  })

  it('knows its secrets again when it comes back', async () => {
    await move()
    publishTo(left.region, 'report')
    const report = await shop.sync()
    expect(report.plan).toMatchObject({
      pruning: { unwanted: ['api-A'], held: 'report' },
      leftBehind: [{ region: 'eu-central-1', names: ['api-B', 'api-C'] }],
    })
    const head = await shop.readHead()
    const inventory = await shop.state.readInventory('m/shop/a', head?.generation ?? 0)
    expect(inventory.map(({ name }) => name)).toEqual(['api-A', 'api-B', 'api-C'])
  })
})
