import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createReconcileAll } from '../../../../lib/sync/reconcile-all.ts'
import { createRequests, type Requests } from '../../../../lib/sync/requests.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
const ada = { from: 'api', name: 'ada' } as const
let shop: RawShop
let requests: Requests
let count = 0

beforeEach(async () => {
  shop = createRawShop()
  requests = createRequests({
    ...shop,
    createRequestId: () => {
      count += 1
      return `order-${count}`
    },
  })
  shop.commit('A=1')
  await shop.sync()
})

afterEach(() => {
  shop.close()
})

/** Carries out the request that was queued last. */
async function work(): Promise<unknown> {
  const sent = shop.queue.sent.at(-1)
  return sent && (await shop.sync(sent.poke))
}

/** One scheduled pass. @returns the configs that it poked */
async function reconcile(): Promise<string[]> {
  shop.queue.sent.length = 0
  shop.clock.advance(minuteMs)
  await createReconcileAll(shop.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
  return shop.queue.sent.filter(({ poke }) => poke.kind === 'config').map(({ poke }) => poke.id)
}

describe('a config that an operator has suspended', () => {
  it('says by whom, is not synced, and stays so', async () => {
    await requests.suspend(id, ada)
    await work()
    const status = { phase: 'Suspended', description: expect.stringContaining('ada') }
    expect(await shop.readHead()).toMatchObject({ status })
    expect(await shop.state.readRequest(`order-${count}`)).toMatchObject({
      kind: 'suspend',
      state: 'done',
      result: 'ConfigSuspended',
      actor: ada,
    })
    const before = await shop.current('api-A')
    shop.commit('A=2')
    for (const trigger of ['webhook', 'manual', 'drift'] as const) {
      expect(await shop.sync({ trigger })).toMatchObject({ result: 'ConfigSuspended' })
    }
    expect(await shop.current('api-A')).toBe(before)
  })

  it('goes to the newest commit when it is resumed', async () => {
    const before = await shop.current('api-A')
    await requests.suspend(id, ada)
    await work()
    shop.commit('A=2')
    await requests.resume(id, ada)
    expect(await work()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.current('api-A')).not.toBe(before)
    expect(await shop.readHead()).not.toHaveProperty('intentId')
  })

  it('is resumed in vain while its spec suspends it too', async () => {
    shop.configs.put(rawConfig({}, { suspend: true }))
    await requests.resume(id, ada)
    await work()
    expect(await shop.state.readRequest(`order-${count}`)).toMatchObject({
      state: 'failed',
      result: 'ConfigSuspended',
    })
  })

  it('is found by the schedule when the message is lost, both times', async () => {
    expect(await reconcile()).toEqual([])
    await requests.suspend(id, ada)
    expect(await reconcile()).toEqual([id])
    await shop.sync({ trigger: 'schedule' })
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'Suspended' } })
    expect(await reconcile()).toEqual([])
    await requests.resume(id, ada)
    expect(await reconcile()).toEqual([id])
    await shop.sync({ trigger: 'schedule' })
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'Ready' } })
    expect(await reconcile()).toEqual([])
  })
})

describe('a forged message', () => {
  it('suspends nothing and pins nothing, whatever it carries', async () => {
    const approval = { digest: 'f'.repeat(64), expiresAt: '2999-01-31T08:00:00.000Z' }
    const forged = { suspended: true, pin: { revision: {} }, approval, intent: { suspended: true, approval } }
    expect(await shop.sync({ ...forged, trigger: 'manual' })).toMatchObject({
      result: 'ReconciliationSucceeded',
    })
    expect(await shop.state.readIntent(id)).toBeNull()
    expect(await shop.readHead()).not.toHaveProperty('intentId')
  })
})
