import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRawShop, minuteMs, type RawShop } from '../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

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
    expect((await shop.readHead())?.generation).toBe(1)
    shop.commit('A=2')
    await shop.sync()
    expect((await shop.readHead())?.generation).toBe(2)
    expect(await shop.state.readInventory('m/shop/a', 1)).toEqual([])
    expect(await shop.state.readInventory('m/shop/a', 2)).toMatchObject([{ name: 'api-A' }])
    expect(await shop.state.readDependencies('m/shop/a', 2)).toMatchObject([{ path: '' }])
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
