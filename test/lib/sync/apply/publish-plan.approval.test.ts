import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createRequests, type Requests } from '../../../../lib/sync/requests.ts'
import { dayMs } from '../../../fakes/clock.ts'
import { createRawShop, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
const ada = { from: 'api', name: 'ada' } as const
let shop: RawShop
let requests: Requests
let digest: string

beforeEach(async () => {
  shop = createRawShop()
  let count = 0
  requests = createRequests({
    ...shop,
    createRequestId: () => {
      count += 1
      return `order-${count}`
    },
  })
  shop.configs.put(rawConfig({}, { prune: 'schedule' }))
  await push('A=1\nB=1\nC=1')
  digest = readDigest(await push('# nothing'))
})

afterEach(() => {
  shop.close()
})

async function push(text: string) {
  shop.commit(text)
  return await shop.sync()
}

function readDigest({ plan }: Awaited<ReturnType<typeof push>>): string {
  return plan?.pruning?.digest ?? ''
}

async function approve(approved: string) {
  await requests.approve(id, ada, approved)
  const sent = shop.queue.sent.at(-1)
  if (!sent) throw new Error('nothing was sent')
  await shop.sync(sent.poke)
  return await shop.state.readRequest(sent.poke.requestId)
}

const listEnding = async () =>
  (await shop.store.list()).filter(({ deletionAt }) => deletionAt !== undefined).map(({ name }) => name)

describe('an approval', () => {
  it('lets exactly those deletions through that it names, and says by whom', async () => {
    expect(await listEnding()).toEqual([])
    expect(await approve(digest)).toMatchObject({
      kind: 'prune',
      state: 'done',
      result: 'ReconciliationSucceeded',
      actor: ada,
    })
    expect(await listEnding()).toEqual(['api-A', 'api-B', 'api-C'])
    expect((await shop.state.listHistory(id, 1))[0]).toMatchObject({
      actor: ada,
      outcomes: [{ action: 'delete' }, { action: 'delete' }, { action: 'delete' }],
    })
  })

  it('of another plan is refused', async () => {
    const refused = { state: 'failed', result: 'ApprovalRefused', message: expect.any(String) }
    expect(await approve('0'.repeat(64))).toMatchObject(refused)
    expect(await listEnding()).toEqual([])
    await push('B=1\nC=1')
    expect(await approve(digest)).toMatchObject(refused)
  })

  it('is refused where it is not the brake that holds', async () => {
    shop.configs.put(rawConfig({}, { prune: 'report' }))
    const report = await push('C=1')
    const reported = readDigest(report)
    expect(report).toMatchObject({ plan: { pruning: { digest: reported, held: 'report' } } })
    expect(await approve(reported)).toMatchObject({ state: 'failed', result: 'ApprovalRefused' })
    expect(await listEnding()).toEqual([])
  })

  it('holds for a day', async () => {
    await requests.approve(id, ada, digest)
    shop.clock.advance(dayMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'PruneBraked' })
    expect(await listEnding()).toEqual([])
  })

  it('is obeyed by whichever look comes first, also by the schedule', async () => {
    await requests.approve(id, ada, digest)
    shop.clock.advance(dayMs - 1)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await listEnding()).toHaveLength(3)
  })

  it('holds until all is carried out, and for nothing that comes after', async () => {
    const { scheduleDeletion } = shop.store
    let calls = 0
    shop.store.scheduleDeletion = async (...deletion) => {
      calls += 1
      if (calls === 2) throw new Error('killed')
      await scheduleDeletion(...deletion)
    }
    await approve(digest)
    expect(await listEnding()).toHaveLength(2)
    shop.clock.advance(20 * 60_000)
    await shop.sync({ trigger: 'schedule' })
    expect(await listEnding()).toHaveLength(3)
    await push('D=1')
    expect(await push('# nothing')).toMatchObject({ result: 'PruneBraked' })
  })

  it('is gone once the config is resumed', async () => {
    await requests.approve(id, ada, digest)
    await requests.resume(id, ada)
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'PruneBraked' })
  })

  it('leaves what else was ordered as it is', async () => {
    await requests.suspend(id, ada)
    await requests.approve(id, ada, digest)
    expect(await shop.state.readIntent(id)).toMatchObject({ suspended: true, approval: { digest } })
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'ConfigSuspended' })
    expect(await listEnding()).toEqual([])
  })
})

it('lets what a former config of the name has left be deleted, once somebody approves it', async () => {
  const recreate = (uid: string) => {
    const manifest = rawConfig({}, { prune: 'schedule' })
    shop.configs.put({ ...manifest, metadata: { ...manifest.metadata, uid } })
  }
  recreate('u-1')
  await push('A=1\nB=1\nC=1')
  recreate('u-2')
  const report = await push('A=1\nB=1')
  expect(report).toMatchObject({ plan: { pruning: { unwanted: ['api-C'], held: 'new-uid' } } })
  expect(await approve(readDigest(report))).toMatchObject({ state: 'done' })
  expect(await listEnding()).toEqual(['api-C'])
})
