import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { createSweepAccount } from '../../../../lib/sync/sweep-account.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const path = 'api/deployment-configuration/dev/application.properties'
const name = 'ssm:/api/dev/a'

let shop: RawShop

beforeEach(async () => {
  shop = createRawShop()
  await syncAs({})
})
afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

async function syncAs(spec: object): Promise<void> {
  shop.configs.put(rawConfig({}, { configs: { enabled: true }, ...spec }))
  shop.commit('a=1\nb=1', path)
  await shop.sync()
  shop.clock.advance(10 * minuteMs)
}

/** @returns the configs that a sweep pokes */
async function sweep(timeMs = 5 * minuteMs) {
  const poke = shop.poke('', { kind: 'sweep', id: '000000000000/eu-west-1', trigger: 'schedule' })
  const deadlineAt = shop.clock.now() + timeMs
  return (await createSweepAccount(shop.dependencies)(poke, { deadlineAt })).poked
}

async function editByHand(): Promise<void> {
  const edited = { name, versionId: 'e'.repeat(64), value: SecretValue.fromText('by hand') }
  await shop.parameters.put({ ...edited, kind: 'parameter' })
}

describe('a sweep of parameters', () => {
  it('pokes nobody, looks at no tags and writes nothing where all are as written', async () => {
    const describes = vi.spyOn(shop.parameters, 'describe')
    shop.writes.length = 0
    expect(await sweep()).toEqual([])
    expect(describes).not.toHaveBeenCalled()
    expect(shop.writes).toEqual([])
  })

  it('finds one that was edited, and the look mends it', async () => {
    const before = (await shop.parameters.describe(name))?.current
    await editByHand()
    expect(await sweep()).toEqual(['m/shop/a'])
    expect(await shop.sync({ trigger: 'drift' })).toMatchObject({
      outcomes: [{ change: { action: 'update', name }, result: 'applied' }],
    })
    expect((await shop.parameters.describe(name))?.current).toBe(before)
    shop.clock.advance(10 * minuteMs)
    expect(await sweep()).toEqual([])
  })

  it('finds one that is gone', async () => {
    await shop.parameters.remove(name)
    expect(await sweep()).toEqual(['m/shop/a'])
  })

  it('takes what a look has found and left for no news, a lost mark too', async () => {
    await syncAs({ triggerUpdate: false })
    await editByHand()
    await shop.parameters.tag('ssm:/api/dev/b', { 'smc-owner': 'nobody' })
    expect(await sweep()).toEqual(['m/shop/a'])
    await shop.sync({ trigger: 'drift' })
    shop.clock.advance(10 * minuteMs)
    expect(await sweep()).toEqual([])
    await shop.parameters.remove(name)
    expect(await sweep()).toEqual(['m/shop/a'])
  })

  it('concludes nothing about what there was no time for', async () => {
    await shop.parameters.remove(name)
    const readVersions = vi.spyOn(shop.parameters, 'readVersions')
    expect(await sweep(45_000)).toEqual([])
    expect(readVersions).not.toHaveBeenCalled()
  })
})
