import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { RollbackOrder } from '../../../../lib/core/audit/parse-order.ts'
import { createReconcileAll } from '../../../../lib/sync/reconcile-all.ts'
import { createRequests, type Requests } from '../../../../lib/sync/requests.ts'
import { dayMs } from '../../../fakes/clock.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig } from '../../../fakes/raw-shop.ts'

const id = 'm/shop/a'
const ada = { from: 'api', name: 'ada' } as const
let shop: RawShop
let requests: Requests
/** Commits and version ids of `api-A` by number. */
let commits: string[]
let versions: (string | undefined)[]

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
  commits = []
  versions = []
  await publish('A=0\nB=0')
  await publish('A=1\nB=0')
  await publish('A=2\nB=0\nC=2')
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

async function publish(text: string): Promise<void> {
  shop.clock.advance(10 * minuteMs)
  commits.push(shop.commit(text))
  await shop.sync()
  versions.push(await shop.current('api-A'))
}

/** Carries out the request that was queued last. */
async function work() {
  const sent = shop.queue.sent.at(-1)
  if (!sent) throw new Error('nothing was sent')
  await shop.sync(sent.poke)
  return await shop.state.readRequest(sent.poke.requestId)
}

async function rollback(order: Partial<RollbackOrder> = {}) {
  await requests.rollback(id, ada, { partial: false, dryRun: false, ...order })
  return await work()
}

async function resume() {
  await requests.resume(id, ada)
  return await work()
}

describe('a rollback', () => {
  it('moves labels to what the history has recorded, and touches nothing else', async () => {
    vi.spyOn(shop.git, 'listRefs').mockRejectedValue(new Error('no Git is asked'))
    vi.spyOn(shop.git, 'open').mockRejectedValue(new Error('no Git is asked'))
    shop.writes.length = 0
    expect(await rollback()).toMatchObject({
      kind: 'rollback',
      state: 'done',
      result: 'ReconciliationSucceeded',
      plan: {
        revision: { commit: commits[1] },
        changes: [{ action: 'relabel', name: 'api-A', versionId: versions[1], from: versions[2] }],
        unchanged: 1,
        pinned: { later: ['api-C'] },
      },
    })
    expect(await shop.current('api-A')).toBe(versions[1])
    expect(shop.writes.filter((call) => ['put', 'create', 'moveCurrent'].includes(call))).toEqual([
      'moveCurrent',
    ])
    const { status } = (await shop.readHead()) ?? {}
    expect(status).toMatchObject({ phase: 'Ready' })
    expect(status?.conditions.map(({ type, reason }) => [type, reason])).toContainEqual([
      'Pinned',
      'ConfigPinned',
    ])
    expect((await shop.state.listHistory(id, 1))[0]).toMatchObject({
      trigger: 'manual',
      actor: ada,
      revision: { commit: commits[1] },
      outcomes: [{ action: 'relabel', name: 'api-A', versionId: versions[1], from: versions[2] }],
    })
  })

  it('goes to the revision that is asked for, and one further each time without', async () => {
    await rollback({ to: commits[0]?.slice(0, 8) ?? '' })
    expect(await shop.current('api-A')).toBe(versions[0])
    await rollback({ to: commits[2] ?? '' })
    expect(await shop.current('api-A')).toBe(versions[2])
    await rollback()
    await rollback()
    expect(await shop.current('api-A')).toBe(versions[0])
    await expect(rollback()).rejects.toMatchObject({ code: 'RevisionNotInHistory' })
  })

  it('holds against pushes, the schedule, manual syncs and hand edits, until it is resumed', async () => {
    await rollback()
    const before = await shop.state.listHistory(id, 99)
    shop.commit('A=9\nB=0\nC=2')
    for (const trigger of ['webhook', 'schedule', 'manual'] as const) await shop.sync({ trigger })
    shop.queue.sent.length = 0
    shop.clock.advance(minuteMs)
    await createReconcileAll(shop.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
    expect(shop.queue.sent.filter(({ poke }) => poke.kind === 'config')).toEqual([])
    expect(await shop.state.listHistory(id, 99)).toEqual(before)
    await shop.store.moveCurrent('api-A', versions[2] ?? '', versions[1] ?? '')
    await shop.sync({ trigger: 'drift' })
    expect(await shop.current('api-A')).toBe(versions[1])
    expect(await resume()).toMatchObject({ state: 'done', result: 'ReconciliationSucceeded' })
    expect([...versions, undefined]).not.toContain(await shop.current('api-A'))
    const { status } = (await shop.readHead()) ?? {}
    expect(status?.conditions.map(({ type }) => type)).toEqual(['Ready'])
  })

  it('is found by the schedule when its message is lost, and works while the source is broken', async () => {
    shop.configs.remove('GitRepository', 'shop')
    await requests.rollback(id, ada, { partial: false, dryRun: false })
    shop.queue.sent.length = 0
    shop.clock.advance(minuteMs)
    await createReconcileAll(shop.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
    expect(shop.queue.sent.map(({ poke }) => poke.id)).toContain(id)
    await shop.sync({ trigger: 'schedule' })
    expect(await shop.current('api-A')).toBe(versions[1])
  })

  it('only shows what it would do, when that is what is asked for', async () => {
    expect(await rollback({ dryRun: true })).toMatchObject({
      kind: 'plan',
      state: 'done',
      plan: { changes: [{ action: 'relabel', name: 'api-A' }], pinned: {} },
    })
    expect(await shop.current('api-A')).toBe(versions[2])
    expect(await shop.state.readIntent(id)).toBeNull()
  })

  it('lifts a suspension by an operator, and not one of the spec', async () => {
    await requests.suspend(id, ada)
    await work()
    expect(await rollback()).toMatchObject({ state: 'done' })
    shop.configs.put(rawConfig({}, { suspend: true }))
    expect(await rollback()).toMatchObject({ state: 'failed', result: 'ConfigSuspended' })
  })
})

describe('a rollback past the end of a secret that Git no longer named', () => {
  beforeEach(async () => {
    await publish('A=3\nC=2')
  })

  it('takes it back where a hand has scheduled its deletion', async () => {
    await shop.store.scheduleDeletion('api-B', 7)
    await publish('A=4\nC=2')
    expect(await rollback({ to: commits[2] ?? '' })).toMatchObject({
      result: 'ReconciliationSucceeded',
      plan: {
        changes: [
          { action: 'restore', name: 'api-B' },
          { action: 'relabel', name: 'api-A' },
        ],
      },
    })
  })

  it('looks again at what only a list says is ending', async () => {
    const many = Array.from({ length: 22 }, (_, index) => `X${index}=1`).join('\n')
    await publish(`A=3\nB=0\n${many}`)
    await publish(`A=4\nB=0\n${many}`)
    shop.clock.advance(dayMs)
    const list = shop.store.list
    const listed = vi.spyOn(shop.store, 'list').mockImplementation(async (filter) => {
      const deletionAt = '2026-03-01T00:00:00.000Z'
      return (await list(filter)).map((live) => (live.name === 'api-B' ? { ...live, deletionAt } : live))
    })
    const restore = vi.spyOn(shop.store, 'restore')
    expect(await rollback()).toMatchObject({
      result: 'ReconciliationSucceeded',
      plan: { changes: [{ action: 'relabel', name: 'api-A' }] },
    })
    expect(listed).toHaveBeenCalled()
    expect(restore).not.toHaveBeenCalled()
  })

  it('says that it is gone where a hand has ended it, and where it came back as another', async () => {
    shop.forceDelete('api-B')
    await publish('A=4\nC=2')
    const gone = { action: 'conflict', name: 'api-B', because: 'secret-gone' }
    expect(await rollback({ to: commits[2] ?? '', dryRun: true })).toMatchObject({
      plan: { changes: [{ name: 'api-A' }, gone] },
    })
    await publish('A=4\nB=1\nC=2')
    const expired = { action: 'conflict', name: 'api-B', because: 'version-expired' }
    expect(await rollback({ to: commits[2] ?? '', dryRun: true })).toMatchObject({
      plan: { changes: [{ name: 'api-A' }, expired] },
    })
  })

  it('tells once that it is the config’s no more', async () => {
    await shop.store.scheduleDeletion('api-B', 7)
    await publish('A=4\nC=2')
    await publish('A=5\nC=2')
    const entries = await shop.state.listHistory(id, 99)
    const told = entries.flatMap(({ outcomes }) => outcomes).filter(({ name }) => name === 'api-B')
    expect(told).toEqual([
      { action: 'released', name: 'api-B', result: 'applied', from: expect.any(String) },
      expect.objectContaining({ action: 'create' }),
    ])
  })
})

describe('a rollback to versions that are gone', () => {
  beforeEach(async () => {
    await shop.store.scheduleDeletion('api-B', 7)
    shop.clock.advance(8 * dayMs)
  })

  it('names them and moves nothing', async () => {
    shop.writes.length = 0
    expect(await rollback()).toMatchObject({
      state: 'failed',
      result: 'VersionExpired',
      message: expect.stringContaining('api-B'),
    })
    expect(await shop.current('api-A')).toBe(versions[2])
    expect(shop.writes).not.toContain('moveCurrent')
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'Failed' } })
    expect(await rollback({ dryRun: true })).toMatchObject({
      plan: { changes: [{ name: 'api-A' }, { action: 'conflict', name: 'api-B', because: 'secret-gone' }] },
    })
  })

  it('moves the others where that is wanted, and says so', async () => {
    await rollback()
    expect(await rollback({ partial: true })).toMatchObject({ result: 'VersionExpired' })
    expect(await shop.current('api-A')).toBe(versions[1])
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'PartialFailure' } })
    await resume()
    expect(await shop.current('api-A')).toBe(versions[2])
  })

  it('refuses a point that the history no longer reaches', async () => {
    await shop.state.writeIntent(
      {
        ...{ configId: id, requestId: 'r', requestedAt: '2026-01-31T08:00:00.000Z', actor: ada },
        suspended: false,
        pin: {
          revision: { ref: 'main', commit: 'f'.repeat(40) },
          entryAt: '2020-01-31T08:00:00.000Z',
          partial: true,
        },
      },
      null,
    )
    expect(await shop.sync({ trigger: 'manual' })).toMatchObject({ result: 'RevisionNotInHistory' })
    expect(await shop.current('api-A')).toBe(versions[2])
  })
})
