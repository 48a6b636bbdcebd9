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

describe('a run that ends early', () => {
  it('has said what it may have written, and the next one makes it whole', async () => {
    shop.commit('A=1\nB=1')
    const { create } = shop.store
    const created = vi.spyOn(shop.store, 'create').mockImplementation(async (secret) => {
      await create(secret)
      throw new Error('out of memory')
    })
    const written = vi.spyOn(shop.state, 'writeHead')
    await shop.sync({ requestId: 'crashed' })
    expect(written.mock.calls[0]?.[0]).toMatchObject({
      lease: { holder: 'crashed', writes: [{ name: 'api-A' }, { name: 'api-B' }] },
    })
    created.mockRestore()
    shop.clock.advance(11 * minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.readHead()).toMatchObject({ status: { secretsSynced: 2 } })
  })

  it('is found by the schedule when nothing of it but the lease is left', async () => {
    shop.commit('A=1\nB=1')
    const crash = new Error('killed')
    const { create } = shop.store
    vi.spyOn(shop.store, 'create').mockImplementation(async (secret) => {
      if (secret.name === 'api-B') throw crash
      await create(secret)
    })
    const { writeHead } = shop.state
    vi.spyOn(shop.state, 'writeHead')
      .mockImplementationOnce(async (head, before) => await writeHead(head, before))
      .mockImplementation(async () => {
        shop.clock.advance(1)
        throw crash
      })
    await expect(shop.sync()).rejects.toBe(crash)
    vi.restoreAllMocks()
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'LeaseHeld' })
    const dueAt = (await shop.readHead())?.nextDueAt ?? ''
    shop.clock.advance(Date.parse(dueAt) - shop.clock.now() + 1)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.readHead()).not.toHaveProperty('lease')
    expect(await shop.current('api-B')).toBeDefined()
  })

  it('goes on in a continuation when its time is over', async () => {
    shop.commit('A=1')
    expect(await shop.sync({}, 10_000)).toMatchObject({
      outcomes: [{ result: 'deferred', code: 'DeadlineReached' }],
    })
    expect(shop.queue.sent).toMatchObject([{ poke: { trigger: 'continuation' } }])
    expect(await shop.sync({ trigger: 'continuation' })).toMatchObject({ result: 'ReconciliationSucceeded' })
  })
})
