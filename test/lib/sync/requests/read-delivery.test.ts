import { afterEach, beforeEach, expect, it } from 'vitest'
import { createReadDelivery } from '../../../../lib/sync/requests/read-delivery.ts'
import { createWatchRepository } from '../../../../lib/sync/watch-repository.ts'
import { createRawShop, type RawShop } from '../../../fakes/raw-shop.ts'

const key = 'git.example/org/shop'
let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  shop.close()
})

it('follows a push from its delivery to the version that it set', async () => {
  shop.commit('A=1')
  await shop.sync()
  shop.clock.advance(60_000)
  const commit = shop.commit('A=2')
  const receivedAt = new Date(shop.clock.now()).toISOString()
  const delivery = {
    hash: 'h1',
    host: 'github',
    event: 'push',
    receivedAt,
    repositories: [key],
    requestId: 'h1',
    result: 'queued',
  } as const
  await shop.state.writeDelivery(delivery, '2026-02-01T08:00:00.000Z')
  const readDelivery = createReadDelivery(shop)
  expect(await readDelivery('h1')).toEqual({
    ...delivery,
    configs: [{ configId: 'm/shop/a', fate: 'untouched' }],
  })

  const poke = shop.poke('', { kind: 'repository', id: key, requestId: 'h1', requestedAt: receivedAt })
  await createWatchRepository(shop.dependencies)(poke)
  for (const sent of shop.queue.sent) await shop.sync(sent.poke)
  expect((await readDelivery('h1')).configs).toMatchObject([
    { fate: 'synced', revision: `main@sha1:${commit}`, changes: { update: 1 } },
  ])
  const [entry] = await shop.state.listHistory('m/shop/a', 1)
  expect(entry).toMatchObject({ requestId: 'h1', outcomes: [{ versionId: await shop.current('api-A') }] })
})

it('knows no delivery that nobody has made', async () => {
  await expect(createReadDelivery(shop)('h9')).rejects.toMatchObject({ code: 'RequestNotFound' })
})
