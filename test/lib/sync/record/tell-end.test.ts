import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRawShop, minuteMs, type RawShop } from '../../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

describe('the end of a sync', () => {
  it('is told to history, request, resource and metrics', async () => {
    shop.commit('A=1')
    await shop.sync({ trigger: 'manual', requestId: 'r' })
    expect(await shop.state.listHistory('m/shop/a', 9)).toMatchObject([{ requestId: 'r', trigger: 'manual' }])
    expect(await shop.state.readRequest('r')).toMatchObject({ kind: 'sync', state: 'done' })
    expect(shop.configs.statuses.get('a')).toMatchObject({ phase: 'Ready' })
    const measured = shop.telemetry.measures.map(({ metric }) => metric)
    expect(measured).toEqual(expect.arrayContaining(['SyncDuration', 'ChangesApplied', 'PushToCurrent']))
  })

  it('stands once in the history while a failure repeats, and again when the next commit fails too', async () => {
    const results = async () => (await shop.state.listHistory('m/shop/a', 9)).map(({ result }) => result)
    shop.configs.remove('GitRepository', 'shop')
    for (let look = 0; look < 3; look++) {
      await shop.sync({ trigger: 'schedule' })
      shop.clock.advance(11 * minuteMs)
    }
    expect(await results()).toEqual(['SourceNotFound'])
  })
})
