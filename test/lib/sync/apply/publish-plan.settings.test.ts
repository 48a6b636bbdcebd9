import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createReconcileAll } from '../../../../lib/sync/reconcile-all.ts'
import { dayMs, hourMs } from '../../../fakes/clock.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

const configure = (aws: object, spec: object = {}, secrets: object = {}) =>
  shop.configs.put(rawConfig(secrets, { provider: { aws: { region: 'eu-west-1', ...aws } }, ...spec }))
const describeA = async () => await shop.store.describe('api-A')
const regionsOfA = async () => (await describeA())?.replicas?.map(({ region }) => region)

async function push(text: string) {
  shop.commit(text)
  return await shop.sync()
}

async function reconcile(): Promise<string[]> {
  shop.queue.sent.length = 0
  await createReconcileAll(shop.dependencies)({ deadlineAt: shop.clock.now() + minuteMs })
  return shop.queue.sent.filter(({ poke }) => poke.kind === 'config').map(({ poke }) => poke.id)
}

describe('what a config sets beside values', () => {
  it('is there from the first write', async () => {
    const settings = { description: 'Of the shop', kmsKeyId: 'alias/shop' }
    configure({ ...settings, tags: { team: 'shop' } })
    await push('A=1')
    expect(await describeA()).toMatchObject({ ...settings, tags: { team: 'shop', environment: 'dev' } })
  })

  it('is compared apart from the value, and sent where it differs', async () => {
    configure({})
    await push('A=1')
    const { current } = (await describeA()) ?? {}
    configure({ description: 'Of the shop', tags: { team: 'shop' } })
    shop.writes.length = 0
    const report = await shop.sync()
    expect(report.outcomes.map(({ change }) => change.action)).toEqual(['amend', 'retag'])
    expect(shop.writes).not.toContain('put')
    expect(await describeA()).toMatchObject({ current, description: 'Of the shop', tags: { team: 'shop' } })
    expect((await shop.sync({ trigger: 'manual' })).outcomes).toEqual([])
  })

  it('gives a secret its new key before the value that is encrypted with it', async () => {
    configure({ kmsKeyId: 'alias/old' })
    await push('A=1')
    configure({ kmsKeyId: 'alias/new' })
    const report = await shop.sync()
    expect(report.outcomes.map(({ change, result }) => [change.action, result])).toEqual([
      ['amend', 'applied'],
      ['update', 'applied'],
    ])
    expect(await describeA()).toMatchObject({ kmsKeyId: 'alias/new' })
  })

  it('is left alone where the config does not name it', async () => {
    configure({})
    await push('A=1')
    await shop.store.amend('api-A', { description: 'by hand', kmsKeyId: 'alias/hand' })
    await shop.store.tag('api-A', { cost: '42' })
    await shop.store.replicate('api-A', ['us-east-1'])
    expect((await push('A=2')).outcomes.map(({ change }) => change.action)).toEqual(['update'])
    expect(await describeA()).toMatchObject({
      description: 'by hand',
      kmsKeyId: 'alias/hand',
      tags: { cost: '42' },
      replicas: [{ region: 'us-east-1' }],
    })
  })
})

describe('copies in other regions', () => {
  it('are made, looked at hourly, and made again when somebody takes them away', async () => {
    configure({ replicaRegions: ['eu-central-1'] })
    await push('A=1')
    expect(await regionsOfA()).toEqual(['eu-central-1'])
    await shop.store.removeReplicas('api-A', ['eu-central-1'])
    shop.clock.advance(hourMs - 1)
    expect(await reconcile()).toEqual([])
    shop.clock.advance(minuteMs)
    expect(await reconcile()).toEqual(['m/shop/a'])
    await shop.sync({ trigger: 'schedule' })
    expect(await regionsOfA()).toEqual(['eu-central-1'])
    shop.clock.advance(minuteMs)
    expect(await reconcile()).toEqual([])
  })

  it('are looked at one by one also where secrets are many, and only when that is due', async () => {
    configure({ replicaRegions: ['eu-central-1'] })
    const many = Array.from({ length: 30 }, (_, n) => `K${n}=1`).join('\n')
    await push(many)
    const look = vi.spyOn(shop.store, 'describe')
    shop.clock.advance(20 * minuteMs)
    await push(`${many}\nA=1`)
    expect(look.mock.calls.length).toBeLessThan(10)
    look.mockClear()
    shop.clock.advance(hourMs)
    await shop.sync({ trigger: 'schedule' })
    expect(look.mock.calls).toHaveLength(31)
  })

  it('are taken away first where a secret is pruned', async () => {
    configure({ replicaRegions: ['eu-central-1'] }, { prune: 'schedule' })
    await push('A=1\nB=1')
    shop.writes.length = 0
    expect(await push('B=1')).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(shop.writes.filter((call) => ['removeReplicas', 'scheduleDeletion'].includes(call))).toEqual([
      'removeReplicas',
      'scheduleDeletion',
    ])
    expect(await describeA()).toHaveProperty('deletionAt')
  })

  it('hold a deletion up for as long as the store takes to remove them', async () => {
    configure({ replicaRegions: ['eu-central-1'] }, { prune: 'schedule' })
    await push('A=1\nB=1')
    const slow = vi.spyOn(shop.store, 'removeReplicas').mockResolvedValue()
    expect(await push('B=1')).toMatchObject({ result: 'ReplicasRemain' })
    expect(await describeA()).not.toHaveProperty('deletionAt')
    slow.mockRestore()
    shop.clock.advance(20 * minuteMs)
    await shop.sync({ trigger: 'schedule' })
    expect(await describeA()).toHaveProperty('deletionAt')
  })

  it('that fail are told of, asked for again until they are there, and hold up no deletion', async () => {
    configure({ replicaRegions: ['eu-central-1'] }, { prune: 'schedule' })
    await push('A=1\nB=1\nC=1')
    const { describe: really } = shop.store
    const broken = vi.spyOn(shop.store, 'describe').mockImplementation(async (name) => {
      const live = await really(name)
      const replicas = [{ region: 'eu-central-1', state: 'failed' }] as const
      return live && name === 'api-A' ? { ...live, replicas } : live
    })
    shop.clock.advance(hourMs)
    shop.writes.length = 0
    expect(await push('A=2\nB=1')).toMatchObject({ result: 'ReplicaFailed' })
    const current = await shop.current('api-A')
    const inventory = await shop.state.readInventory('m/shop/a', (await shop.readHead())?.generation ?? 0)
    expect(inventory.find(({ name }) => name === 'api-A')?.versionId).toBe(current)
    expect(await really('api-C')).toHaveProperty('deletionAt')
    expect(shop.writes.filter((call) => call === 'replicate')).toHaveLength(1)
    expect(await push('A=3\nB=1')).toMatchObject({ result: 'ReplicaFailed' })
    shop.clock.advance(10 * minuteMs)
    expect(await reconcile()).toEqual(['m/shop/a'])
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReplicaFailed' })
    expect(shop.writes.filter((call) => call === 'replicate')).toHaveLength(3)
    broken.mockRestore()
    shop.clock.advance(10 * minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
  })

  it('that cannot be asked for hold up no deletion but of what has moved to them', async () => {
    configure({ replicaRegions: ['eu-central-1'] }, { prune: 'schedule' })
    await push('A=1\nB=1')
    const refused = vi.spyOn(shop.store, 'replicate').mockRejectedValue(new SyncError('StoreAccessDenied'))
    expect(await push('A=1\nC=1')).toMatchObject({ result: 'StoreAccessDenied' })
    expect(await shop.store.describe('api-B')).toHaveProperty('deletionAt')
    configure({ replicaRegions: ['eu-central-1'] }, { prune: 'schedule' }, { nameTemplate: 'new/{{key}}' })
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'StoreAccessDenied' })
    expect(await describeA()).not.toHaveProperty('deletionAt')
    refused.mockRestore()
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect((await shop.store.describe('new/A'))?.replicas).toHaveLength(1)
    expect(await describeA()).toHaveProperty('deletionAt')
  })

  it('come back with a secret that is restored', async () => {
    configure({ replicaRegions: ['eu-central-1'] }, { prune: 'schedule' })
    await push('A=1\nB=1')
    await push('B=1')
    shop.clock.advance(dayMs)
    await push('A=1\nB=1')
    expect(await describeA()).not.toHaveProperty('deletionAt')
    expect(await regionsOfA()).toEqual(['eu-central-1'])
  })
})
