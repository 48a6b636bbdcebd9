import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createLaggingStore } from '../../../fakes/lagging-store.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

describe('the first half of a sync', () => {
  it('reads no value of the store and writes nothing', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    shop.writes.length = 0
    const report = await shop.sync({ trigger: 'manual', planOnly: true })
    expect(report.plan?.changes).toMatchObject([{ action: 'update', name: 'api-A' }])
    expect(shop.writes).toEqual(['writeRequest'])
    expect(Object.keys(shop.store).filter((name) => /value/i.test(name))).toEqual([])
  })

  it('lists what Git disables, and publishes nothing for it', async () => {
    shop.commit('A=1\n#B=2')
    expect(await shop.sync()).toMatchObject({ plan: { disabled: ['api-B'], changes: [{ name: 'api-A' }] } })
  })

  it('publishes in the layout and under the names that the config asks for', async () => {
    shop.configs.put(rawConfig({ layout: 'secret', nameTemplate: '{{environment}}/{{prefix}}.{{name}}' }))
    shop.commit('B=2\nA=1')
    expect(await shop.sync()).toMatchObject({ plan: { changes: [{ name: 'dev/api.secrets' }] } })
  })

  it('asks the store nothing under names that the config may not use', async () => {
    const describeSecret = vi.spyOn(shop.store, 'describe')
    const tenants = [{ tenant: 'm/shop', namePrefixes: ['shop/'] }]
    const dependencies = { ...shop.dependencies, policy: { tenancy: 'listed', tenants } as const }
    shop.configs.put(rawConfig({ nameTemplate: 'other/{{key}}' }))
    shop.commit('A=1')
    const { deadlineAt, poke } = await shop.look('a')
    const report = await createSyncConfig(dependencies)(poke, { deadlineAt })
    expect(report).toMatchObject({ result: 'NotPermitted', outcomes: [] })
    expect(describeSecret).not.toHaveBeenCalled()
  })

  it('takes no list for the reason to write: a secret that somebody has taken over lately stays as it is', async () => {
    const lagging = createLaggingStore(shop.store, { clock: shop.clock, lagShare: () => 0.9 })
    const dependencies = { ...shop.dependencies, stores: async () => lagging }
    const sync = async (requestId: string) => {
      const { deadlineAt, poke } = await shop.look('a')
      return await createSyncConfig(dependencies)({ ...poke, requestId }, { deadlineAt })
    }
    const others = Array.from({ length: 25 }, (_, index) => `K${index}=1`).join('\n')
    shop.commit(`A=1\n${others}`)
    await sync('first')
    shop.clock.advance(10 * minuteMs)
    shop.forceDelete('api-A')
    const foreign = {
      versionId: 'f'.repeat(64),
      value: SecretValue.fromText('foreign'),
      kind: 'string',
    } as const
    await lagging.create({ name: 'api-A', ...foreign, tags: {} })
    shop.commit(`A=2\n${others}`)
    expect(await sync('second')).toMatchObject({ result: 'SecretNotOwned' })
    expect(await shop.current('api-A')).toBe(foreign.versionId)
  })

  it('leaves nothing of a group behind that an old list shows as wanted, also where the state is lost', async () => {
    let lags: number[] = []
    const lagging = createLaggingStore(shop.store, { clock: shop.clock, lagShare: () => lags.shift() ?? 0 })
    const dependencies = { ...shop.dependencies, stores: async () => lagging }
    shop.configs.put(rawConfig({}, { publish: 'atomic' }))
    const others = Array.from({ length: 25 }, (_, index) => `K${index}=1`).join('\n')
    const publish = async (text: string, requestId: string) => {
      shop.commit(`${text}\n${others}`)
      const { deadlineAt, poke } = await shop.look('a')
      await createSyncConfig(dependencies)({ ...poke, requestId }, { deadlineAt })
      return await Promise.all(['api-A', 'api-B'].map((name) => shop.current(name)))
    }
    const before = await publish('A=1\nB=1', 'first')
    shop.clock.advance(10 * minuteMs)
    expect(await publish('A=2\nB=2', 'second')).not.toEqual(before)
    shop.loseState()
    shop.clock.advance(minuteMs)
    lags = [0.9]
    expect(await publish('A=1\nB=1', 'third')).toEqual(before)
  })

  it('gives equal values of two secrets unequal version ids', async () => {
    shop.commit('A=same\nB=same')
    await shop.sync()
    expect(await shop.current('api-A')).not.toBe(await shop.current('api-B'))
  })
})
