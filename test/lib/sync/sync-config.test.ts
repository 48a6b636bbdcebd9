import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import type { ResolvedRef } from '../../../lib/core/state/records.ts'
import { formatTime } from '../../../lib/core/time.ts'
import { createReconcileAll } from '../../../lib/sync/reconcile-all.ts'
import { createRawShop, minuteMs, type RawShop, rawConfig, sealedEnv } from '../../fakes/raw-shop.ts'

let shop: RawShop

beforeEach(() => {
  shop = createRawShop()
})

afterEach(() => {
  vi.restoreAllMocks()
  shop.close()
})

/** What a repository look writes that finds `main` where it is. */
async function storeRef(): Promise<ResolvedRef> {
  const commit = (await shop.git.listRefs({ url: '' })).refs.get('refs/heads/main') ?? ''
  const resolved = { revision: { ref: 'main', commit }, resolvedAt: formatTime(shop.clock.now()) }
  await shop.state.writeRef('git.example/org/shop', 'branch:main', resolved)
  return resolved
}

describe('a sync', () => {
  it('publishes what Git says, with tags, and records it', async () => {
    const id = shop.commit(sealedEnv)
    expect(await shop.sync()).toMatchObject({
      result: 'ReconciliationSucceeded',
      revision: { ref: 'main', commit: id },
    })
    const secret = await shop.store.describe('api-PASSWORD')
    expect(secret).toMatchObject({ current: expect.stringMatching(/^[0-9a-f]{64}$/) })
    expect(secret?.tags).toMatchObject({
      environment: 'dev',
      location: 'eu-west-1',
      'managed-by': expect.any(String),
    })
    const head = await shop.readHead()
    expect(head).toMatchObject({
      status: { phase: 'Ready', secretsSynced: 2, observedGeneration: 1 },
      attempt: 0,
    })
    expect(head).not.toHaveProperty('lease')
    expect(head).not.toHaveProperty('nextDueAt')
    const inventory = await shop.state.readInventory('m/shop/a', head?.generation ?? 0)
    expect(inventory.map(({ name }) => name)).toEqual(['api-PASSWORD', 'api-USER'])
    expect(await shop.state.listHistory('m/shop/a', 9)).toMatchObject([
      { result: 'ReconciliationSucceeded', outcomes: [{ action: 'create' }, { action: 'create' }] },
    ])
    expect(shop.configs.statuses.get('a')).toMatchObject({ phase: 'Ready' })
  })

  it('does nothing the second time: no write to the store, none to the state', async () => {
    shop.commit(sealedEnv)
    await shop.sync()
    shop.writes.length = 0
    shop.git.calls.length = 0
    shop.clock.advance(minuteMs)
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'Unchanged' })
    expect(shop.writes).toEqual([])
    expect(shop.git.calls).toEqual(['listRefs'])
  })

  it('moves the label back on a revert, without a new version', async () => {
    shop.commit('A=1')
    await shop.sync()
    const first = await shop.current('api-A')
    shop.commit('A=2')
    await shop.sync()
    shop.commit('A=1')
    shop.writes.length = 0
    expect(await shop.sync()).toMatchObject({
      outcomes: [{ change: { action: 'relabel' }, result: 'applied' }],
    })
    expect(await shop.current('api-A')).toBe(first)
    expect(shop.writes).toContain('moveCurrent')
    expect(shop.writes).not.toContain('put')
    expect((await shop.store.describe('api-A'))?.versions.size).toBe(2)
  })

  it('takes the newest commit, whatever an old delivery says', async () => {
    shop.commit('A=1')
    const late = shop.poke('a').requestedAt
    shop.clock.advance(1000)
    const newest = shop.commit('A=2')
    expect(await shop.sync({ requestedAt: late })).toMatchObject({ revision: { commit: newest } })
  })

  it('acknowledges a poke that a later look has answered already', async () => {
    shop.commit('A=1')
    const requestedAt = shop.poke('a').requestedAt
    shop.clock.advance(6000)
    await shop.sync()
    shop.git.calls.length = 0
    expect(await shop.sync({ requestedAt })).toMatchObject({ result: 'Unchanged' })
    expect(shop.git.calls).toEqual([])
  })

  it('takes no look for an answer that used what the repository look had stored before the poke', async () => {
    shop.commit('A=1')
    const early = shop.poke('a').requestedAt
    const { resolvedAt, revision } = await storeRef()
    shop.clock.advance(10_000)
    const newest = shop.commit('A=2')
    const later = shop.poke('a').requestedAt
    shop.clock.advance(10_000)
    expect(await shop.sync({ requestedAt: early })).toMatchObject({ revision })
    expect(await shop.readHead()).toMatchObject({ lookedAt: resolvedAt })
    expect(await shop.sync({ requestedAt: later })).toMatchObject({ revision: { commit: newest } })
  })

  it('never goes back to a revision that was stored before the last look', async () => {
    shop.commit('A=1')
    const early = shop.poke('a').requestedAt
    await storeRef()
    shop.clock.advance(1000)
    const newest = shop.commit('A=2')
    await shop.sync({ trigger: 'manual' })
    expect(await shop.sync({ requestedAt: early })).toMatchObject({ result: 'Unchanged' })
    expect((await shop.readHead())?.attempted?.revision?.commit).toBe(newest)
  })

  it('does not take its own unfinished run for an answer', async () => {
    shop.commit('A=1')
    const { requestedAt } = shop.poke('a')
    shop.clock.advance(6000)
    vi.spyOn(shop.state, 'appendHistory').mockRejectedValueOnce(new SyncError('StateUnavailable'))
    expect(await shop.sync({ requestedAt })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.readHead()).not.toHaveProperty('lease')
  })

  it('leaves what Git no longer wants where it is', async () => {
    shop.commit('A=1\nB=1')
    await shop.sync()
    shop.commit('A=1')
    await shop.sync()
    expect(await shop.current('api-B')).toBeDefined()
  })

  it('goes on beside a foreign secret, and says so', async () => {
    const value = SecretValue.fromText('foreign')
    await shop.store.create({ name: 'api-A', versionId: 'f'.repeat(64), value, kind: 'string', tags: {} })
    shop.commit('A=1\nB=1')
    expect(await shop.sync()).toMatchObject({ result: 'SecretNotOwned' })
    expect(await shop.current('api-A')).toBe('f'.repeat(64))
    expect(await shop.current('api-B')).toBeDefined()
    expect(await shop.readHead()).toMatchObject({ status: { phase: 'PartialFailure', secretsSynced: 1 } })
  })

  it('plans without writing anything but the answer', async () => {
    shop.commit('A=1')
    const report = await shop.sync({ trigger: 'manual', planOnly: true, requestId: 'plan-1' })
    expect(report).toMatchObject({
      result: 'Planned',
      plan: { changes: [{ action: 'create', name: 'api-A' }] },
    })
    expect(await shop.current('api-A')).toBeUndefined()
    expect(await shop.state.readRequest('plan-1')).toMatchObject({ state: 'done', plan: { unchanged: 0 } })
  })

  it('answers a manual poke and looks although nothing has changed', async () => {
    shop.commit('A=1')
    await shop.sync()
    expect(await shop.sync({ trigger: 'manual', requestId: 'r-2' })).toMatchObject({
      plan: { unchanged: 1, changes: [] },
    })
    expect(await shop.state.readRequest('r-2')).toMatchObject({
      state: 'done',
      result: 'ReconciliationSucceeded',
    })
  })

  it('repairs drift when it is told to look', async () => {
    shop.commit('A=1')
    await shop.sync()
    const wanted = await shop.current('api-A')
    const value = SecretValue.fromText('by hand')
    await shop.store.put({ name: 'api-A', versionId: 'e'.repeat(64), value, kind: 'string' })
    expect(await shop.sync({ trigger: 'drift' })).toMatchObject({
      outcomes: [{ change: { action: 'relabel' } }],
    })
    expect(await shop.current('api-A')).toBe(wanted)
  })
})

describe('a plan that fails', () => {
  it('is answered, and nothing else is written', async () => {
    shop.commit('A={')
    shop.git.failure = new SyncError('GitRepositoryNotFound')
    const report = await shop.sync({ trigger: 'manual', planOnly: true, requestId: 'plan-1' })
    expect(report).toMatchObject({ result: 'GitRepositoryNotFound' })
    expect(await shop.state.readRequest('plan-1')).toMatchObject({
      state: 'failed',
      result: 'GitRepositoryNotFound',
    })
    expect(shop.writes).toEqual(['writeRequest'])
  })
})

describe('a config that is gone', () => {
  it('is synced again when it comes back', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.configs.remove('SecretManagerConfig', 'a')
    await shop.sync({ trigger: 'schedule' })
    shop.configs.put(rawConfig())
    shop.clock.advance(minuteMs)
    await createReconcileAll(shop.dependencies)({ deadlineAt: Number.POSITIVE_INFINITY })
    expect(shop.queue.sent).toMatchObject([{ poke: { kind: 'config', id: 'm/shop/a' } }])
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await shop.state.listWatchers('git.example/org/shop')).toMatchObject([{ configId: 'm/shop/a' }])
    expect(await shop.readHead()).toHaveProperty('watching')
  })

  it('is watched no longer, and its secrets stay', async () => {
    shop.commit('A=1')
    await shop.sync()
    shop.configs.remove('SecretManagerConfig', 'a')
    expect(await shop.sync({ trigger: 'schedule' })).toMatchObject({ result: 'Unchanged' })
    expect(await shop.state.listWatchers('git.example/org/shop')).toEqual([])
    expect(await shop.current('api-A')).toBeDefined()
  })
})

describe('a poke for what does not exist', () => {
  it.each(['m/shop/other', 'unknown/shop/a', 'garbage', 'm/../a'])('leaves no trace of %s', async (id) => {
    await shop.sync({ id, trigger: 'webhook' })
    expect(shop.writes).toEqual([])
    expect(await shop.state.listHeads()).toEqual([])
  })
})
