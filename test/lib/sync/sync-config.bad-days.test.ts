import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { describe, expect, it, onTestFinished } from 'vitest'
import { createSecretsManagerStore } from '../../../lib/adapters/stores/aws-secrets-manager.ts'
import { SyncError } from '../../../lib/core/errors.ts'
import type { Poke } from '../../../lib/core/poke.ts'
import type { StateStore } from '../../../lib/ports.ts'
import { createSyncConfig } from '../../../lib/sync/sync-config.ts'
import { createConfigManifest, createRepositoryManifest } from '../../fakes/in-memory-configs.ts'
import { startSecretsManagerServer } from '../../fakes/secrets-manager-server.ts'
import { createSyncHarness } from '../../fakes/sync-harness.ts'

const secret = 'web-VALUE'

/** A config whose secrets are kept behind the protocol of AWS, which a test lets refuse. */
async function setUp() {
  const harness = createSyncHarness()
  const { configs, git, clock, store } = harness
  const server = await startSecretsManagerServer(store)
  const client = new SecretsManagerClient({
    endpoint: server.url,
    region: store.target.region,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
  })
  onTestFinished(async () => {
    client.destroy()
    await server.close()
    harness.close()
  })
  const aws = createSecretsManagerStore({ client, target: store.target })
  configs.put(createRepositoryManifest())
  configs.put(createConfigManifest('web'))
  let requests = 0
  const sync = async (changes: Partial<Poke> = {}, state: StateStore = harness.state) => {
    requests += 1
    clock.advance(60_000)
    const poke = harness.poke('web', { requestId: `request-${requests}`, ...changes })
    const dependencies = { ...harness.dependencies, state, stores: async () => aws }
    return await createSyncConfig(dependencies)(poke, { deadlineAt: clock.now() + 300_000 })
  }
  return {
    ...harness,
    server,
    sync,
    commit: (value: string, more = '') => {
      const literals = `      - VALUE=${value}\n${more}`
      const kustomization = `secretGenerator:\n  - name: app\n    literals:\n${literals}`
      return git.commit('main', { 'dev/kustomization.yaml': kustomization })
    },
    readHead: () => harness.state.readHead('m/shop/web'),
    readCondition: async () =>
      (await harness.state.readHead('m/shop/web'))?.status.conditions.find(({ type }) => type === 'Ready'),
  }
}

describe('a permission that is missing', () => {
  it.each([
    ['CreateSecret', 'secretsmanager:CreateSecret'],
    ['DescribeSecret', 'secretsmanager:DescribeSecret'],
  ])('to %s of a new secret is named by the condition, and the config waits', async (call, action) => {
    const { server, sync, commit, readCondition, readHead } = await setUp()
    commit('one')
    server.refuse = (asked) => (asked === call ? 'AccessDeniedException' : undefined)
    expect(await sync()).toMatchObject({ result: 'StoreAccessDenied' })
    const condition = await readCondition()
    expect(condition).toMatchObject({ status: 'False', reason: 'StoreAccessDenied' })
    expect(condition?.message).toContain(action)
    expect((await readHead())?.nextDueAt).toBeDefined()
    server.refuse = () => undefined
    expect(await sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
  })

  it.each([
    ['PutSecretValue', 'two', 'secretsmanager:PutSecretValue'],
    ['UpdateSecretVersionStage', 'zero', 'secretsmanager:UpdateSecretVersionStage'],
  ])('to %s is named by the condition beside what went well', async (call, value, action) => {
    const { server, sync, commit, store, readCondition } = await setUp()
    for (const text of ['zero', 'one']) {
      commit(text)
      await sync()
    }
    const before = (await store.describe(secret))?.current
    commit(value, '      - OTHER=new\n')
    server.refuse = (asked) => (asked === call ? 'AccessDeniedException' : undefined)
    expect(await sync()).toMatchObject({
      outcomes: expect.arrayContaining([
        expect.objectContaining({ result: 'applied' }),
        expect.objectContaining({ code: 'StoreAccessDenied', deniedAction: action }),
      ]),
    })
    expect((await readCondition())?.message).toContain(action)
    expect((await store.describe(secret))?.current).toBe(before)
  })
})

describe('a store that is not well', () => {
  it.each([
    ['asks to slow down', 'ThrottlingException', 'StoreThrottled'],
    ['cannot use the key of a secret', 'EncryptionFailure', 'StoreKeyUnusable'],
    ['takes no more versions', 'LimitExceededException', 'StoreLimitExceeded'],
    ['breaks', 'InternalServiceError', 'StoreUnavailable'],
  ])('%s: the config waits, and the schedule mends it', async (_, name, code) => {
    const { server, sync, commit, store, readHead } = await setUp()
    commit('one')
    await sync()
    const before = (await store.describe(secret))?.current
    commit('two')
    server.refuse = (asked) => (asked === 'PutSecretValue' ? name : undefined)
    expect(await sync()).toMatchObject({ result: code })
    expect(await readHead()).toMatchObject({ nextDueAt: expect.any(String), attempt: 1 })
    expect((await store.describe(secret))?.current).toBe(before)
    server.refuse = () => undefined
    expect(await sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect((await store.describe(secret))?.current).not.toBe(before)
    expect(await readHead()).not.toHaveProperty('nextDueAt')
  })

  it('takes back a deletion that somebody has scheduled, and writes then', async () => {
    const { sync, commit, store } = await setUp()
    commit('one')
    await sync()
    await store.scheduleDeletion(secret, 7)
    commit('two')
    expect(await sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await store.describe(secret)).not.toHaveProperty('deletionAt')
  })

  it('has a deletion scheduled while a write is under way: the next look takes it back', async () => {
    const { server, sync, commit, store } = await setUp()
    commit('one')
    await sync()
    commit('two')
    let isScheduled = false
    const schedule = () => {
      isScheduled = true
      void store.scheduleDeletion(secret, 7)
    }
    server.refuse = (asked) => void (asked === 'PutSecretValue' && !isScheduled && schedule())
    expect(await sync()).not.toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await sync({ trigger: 'schedule' })).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect(await store.describe(secret)).not.toHaveProperty('deletionAt')
  })
})

describe('a state that is not well', () => {
  it.each(['writeHead', 'writeInventory', 'appendHistory'] as const)(
    'refuses %s: the message comes back, and the run after it finds what was written',
    async (call) => {
      const { sync, commit, state, store, readHead, writes } = await setUp()
      commit('one')
      await sync()
      const head = commit('two')
      const throttled: StateStore = {
        ...state,
        [call]: async () => {
          throw new SyncError('StateUnavailable', { data: { error: 'ThrottlingException' } })
        },
      }
      await expect(sync({ requestId: 'returned' }, throttled)).rejects.toMatchObject({
        code: 'StateUnavailable',
      })
      writes.length = 0
      const again = await sync({ requestId: 'returned' })
      expect(['ReconciliationSucceeded', 'Unchanged']).toContain(again.result)
      expect((await readHead())?.applied?.revision.commit).toBe(head)
      expect([...((await store.describe(secret))?.versions ?? [])]).toHaveLength(2)
    },
  )

  it('holds a head of a newer release: nothing is read further, written or recorded', async () => {
    const { sync, commit, state, writes, server } = await setUp()
    commit('one')
    const newer: StateStore = {
      ...state,
      readHead: async () => {
        throw new SyncError('StateTooNew', { data: { schema: 2 } })
      },
    }
    await expect(sync({}, newer)).rejects.toMatchObject({ code: 'StateTooNew' })
    expect(writes).toEqual([])
    expect(server.calls).toEqual([])
  })

  it.each(['readHead', 'readIntent', 'writeHead', 'appendHistory'] as const)(
    'meets an item of a newer release in %s: the message, and the request in it, wait for that release',
    async (call) => {
      const { sync, commit, state, store } = await setUp()
      commit('one')
      await sync()
      commit('two')
      const newer: StateStore = {
        ...state,
        [call]: async () => {
          throw new SyncError('StateTooNew', { data: { schema: 2 } })
        },
      }
      const asked = { requestId: 'asked', trigger: 'manual' } as const
      await expect(sync(asked, newer)).rejects.toMatchObject({ code: 'StateTooNew', disposition: 'return' })
      expect(await state.readRequest('asked')).toBeNull()
      expect(await sync(asked)).toMatchObject({ result: 'ReconciliationSucceeded' })
      expect(await state.readRequest('asked')).toMatchObject({ state: 'done' })
      expect([...((await store.describe(secret))?.versions ?? [])]).toHaveLength(2)
    },
  )

  it('holds a head of the first release, which knew fewer fields', async () => {
    const { sync, commit, state, readHead, store } = await setUp()
    commit('one')
    await sync()
    const head = await readHead()
    if (!head?.applied || !head.attempted) throw new Error('not synced')
    const { schema, id, status, applied, attempted, attempt, generation } = head
    await state.writeHead({ schema, id, status, applied, attempted, attempt, generation }, head)
    const before = (await store.describe(secret))?.current
    commit('two')
    expect(await sync()).toMatchObject({ result: 'ReconciliationSucceeded' })
    expect((await store.describe(secret))?.current).not.toBe(before)
  })
})
