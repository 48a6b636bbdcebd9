import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

const history = async () => (await shop.state.listHistory(id, 99)).toReversed()
const outcomes = async () => (await history()).flatMap((entry) => entry.outcomes)

describe('the history', () => {
  it('says from which version, file and key each change comes', async () => {
    shop.commit('A=1')
    await shop.sync()
    const first = await shop.current('api-A')
    shop.commit('A=2')
    await shop.sync()
    const origin = { kind: 'file', name: expect.stringContaining('application.secrets.env'), key: 'A' }
    expect(await outcomes()).toEqual([
      { action: 'create', name: 'api-A', result: 'applied', versionId: first, origin },
      {
        action: 'update',
        name: 'api-A',
        result: 'applied',
        versionId: await shop.current('api-A'),
        from: first,
        origin,
      },
    ])
  })

  it('says what was found as Git says, when the state was lost', async () => {
    shop.commit('A=1')
    await shop.sync()
    const versionId = await shop.current('api-A')
    vi.spyOn(shop.state, 'readInventory').mockResolvedValueOnce([])
    await shop.sync({ trigger: 'manual' })
    expect((await outcomes()).at(-1)).toMatchObject({ action: 'found', name: 'api-A', versionId })
  })

  it('does not repeat what fails again in the same way, and does say what else fails', async () => {
    shop.commit('A=1')
    const failing = vi.spyOn(shop.store, 'create').mockRejectedValue(new SyncError('StoreAccessDenied'))
    for (let look = 0; look < 3; look++) {
      await shop.sync({ trigger: 'schedule' })
      shop.clock.advance(11 * minuteMs)
    }
    expect((await history()).map(({ result }) => result)).toEqual(['StoreAccessDenied'])
    failing.mockRejectedValue(new SyncError('StoreLimitExceeded'))
    await shop.sync({ trigger: 'schedule' })
    failing.mockRestore()
    shop.clock.advance(11 * minuteMs)
    await shop.sync({ trigger: 'schedule' })
    expect((await history()).map(({ result }) => result)).toEqual([
      'StoreAccessDenied',
      'StoreLimitExceeded',
      'ReconciliationSucceeded',
    ])
  })

  it('does not say that a secret is as Git says which is left different', async () => {
    shop.configs.put(rawConfig({}, { triggerUpdate: false }))
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    await shop.sync()
    expect(await outcomes()).toMatchObject([{ action: 'create' }])
    const [entry] = await shop.state.readInventory(id, (await shop.readHead())?.generation ?? 0)
    expect(entry?.versionId).toBe(await shop.current('api-A'))
  })

  it('orders entries even where the clock goes back', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.commit('A=2')
    shop.clock.advance(-minuteMs)
    await shop.sync({ trigger: 'manual' })
    const [first, second] = await history()
    expect(second && first && second.at > first.at).toBe(true)
    expect(second?.outcomes).toMatchObject([{ action: 'update' }])
  })
})
