import { afterEach, beforeEach, expect, it } from 'vitest'
import { isSwept } from '../../../../lib/core/drift/sweep-schedule.ts'
import { openSweep } from '../../../../lib/sync/sweep/open-sweep.ts'
import { createRawShop, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

let shop: RawShop
let opened: number

beforeEach(async () => {
  shop = createRawShop()
  shop.commit('A=1')
  await shop.sync()
  opened = 0
  Object.assign(shop.dependencies, {
    stores: async () => {
      opened += 1
      return shop.store
    },
  })
})

afterEach(() => {
  shop.close()
})

async function open() {
  const heads = (await shop.state.listHeads()).filter(isSwept)
  expect(heads).toHaveLength(1)
  return await openSweep(shop.dependencies, { heads, startedAt: shop.clock.now(), before: null })
}

it('brings what the configs have written', async () => {
  expect((await open())?.configs).toMatchObject([{ id: 'm/shop/a', inventory: [{ name: 'api-A' }] }])
  expect(opened).toBe(1)
})

it.each([
  [
    'a policy that takes the region away',
    () => {
      const tenant = { tenant: 'm/shop', namePrefixes: [''], regions: ['us-east-1'] }
      Object.assign(shop.dependencies, { policy: { tenancy: 'listed', tenants: [tenant] } })
    },
  ],
  ['a manifest that is gone', () => shop.configs.remove('SecretManagerConfig', 'a')],
  ['a manifest that is broken', () => shop.configs.put(rawConfig({}, { provider: {} }))],
  [
    'a manifest that names another region',
    () => {
      shop.configs.put(rawConfig({}, { provider: { aws: { region: 'us-east-1' } } }))
    },
  ],
] as const)('opens no store after %s', async (_, change) => {
  change()
  expect(await open()).toBeNull()
  expect(opened).toBe(0)
})
