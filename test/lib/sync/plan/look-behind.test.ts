import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { openStoreDatabase } from '../../../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../../../lib/adapters/stores/local.ts'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { SecretStore } from '../../../../lib/ports.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createCrashing } from '../../../fakes/crashing.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const left = { account: '000000000000', region: 'eu-west-1' }
let shop: RawShop
let elsewhere: SecretStore
let close: () => void

beforeEach(setUp)
afterEach(tearDown)

async function setUp(): Promise<void> {
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
}

function tearDown(): void {
  vi.restoreAllMocks()
  close()
  shop.close()
}

function publishTo(region: string, prune = 'schedule'): void {
  shop.configs.put(rawConfig({}, { provider: { aws: { region } }, prune }))
}

async function move(): Promise<void> {
  publishTo('eu-central-1')
  shop.commit('B=1\nC=1')
  await shop.sync()
}

/** A sync whose process dies after so many calls. @returns whether it came that far */
async function crashAt(calls: number): Promise<boolean> {
  const { dependencies } = createCrashing(shop.dependencies, { at: calls + 1, after: false })
  const poke = shop.poke('a', { requestId: 'crashed' })
  return await createSyncConfig(dependencies)(poke, { deadlineAt: shop.clock.now() + 5 * minuteMs }).then(
    () => false,
    () => true,
  )
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

  it.each([
    ['goes on', 'eu-central-1', { region: 'eu-west-1', names: ['api-A', 'api-B'] }],
    ['goes back', 'eu-west-1', { region: 'eu-central-1', names: ['api-B', 'api-C'] }],
  ])('names in each place what is there, wherever a run died, where the next %s', async (_, to, expected) => {
    let crashes = 0
    for (let crashed = true; crashed; crashes++) {
      tearDown()
      await setUp()
      publishTo('eu-central-1', 'report')
      shop.commit('B=1\nC=1')
      crashed = await crashAt(crashes)
      const names = (await elsewhere.list()).map(({ name }) => name)
      publishTo(to, 'report')
      shop.clock.advance(6 * minuteMs)
      await shop.sync({ trigger: 'schedule' })
      const places = (await shop.readHead())?.leftBehind?.map(({ region, secrets }) => ({
        region,
        names: secrets.map(({ name }) => name),
      }))
      const left = to === 'eu-west-1' ? expected.names.filter((name) => names.includes(name)) : expected.names
      expect({ crashes, places: places ?? [] }).toEqual({
        crashes,
        places: left.length > 0 ? [{ ...expected, names: left }] : [],
      })
    }
    expect(crashes).toBeGreaterThan(20)
  })

  it('goes on where the place in which a run died is closed to it', async () => {
    publishTo('eu-central-1', 'report')
    for (let calls = 0; !(await shop.readHead())?.lease; calls++) await crashAt(calls)
    publishTo(left.region, 'report')
    shop.clock.advance(6 * minuteMs)
    vi.spyOn(elsewhere, 'describe').mockRejectedValue(new SyncError('StoreAccessDenied'))
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.readHead()).not.toHaveProperty('lease')
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
