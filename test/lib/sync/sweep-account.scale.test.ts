import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSecretsManagerStore } from '../../../lib/adapters/stores/aws-secrets-manager.ts'
import { pageGapMs } from '../../../lib/core/drift/sweep-schedule.ts'
import { formatOwner, type OwnershipScope } from '../../../lib/core/plan/identity/ownership.ts'
import { SecretValue } from '../../../lib/core/secret-value.ts'
import { createReconcileAll } from '../../../lib/sync/reconcile-all.ts'
import { createSweepAccount } from '../../../lib/sync/sweep-account.ts'
import { createConfigManifest } from '../../fakes/in-memory-configs.ts'
import { type SecretsManagerServer, startSecretsManagerServer } from '../../fakes/secrets-manager-server.ts'
import { createSyncHarness, type SyncHarness } from '../../fakes/sync-harness.ts'

const configs = 1_000
const secretsEach = 20
const sweepId = '000000000000/eu-west-1'
const versionId = 'a'.repeat(64)
const writtenAt = '2026-01-31T07:00:00.000Z'

let harness: SyncHarness
let server: SecretsManagerServer
let keyReads = 0

const idOf = (n: number) => `m/shop/c${n}`
const nameOf = (n: number, k: number) => `c${n}-k${k}`

beforeAll(async () => {
  harness = createSyncHarness()
  server = await startSecretsManagerServer(harness.store)
  const key = new Uint8Array(32).fill(9)
  const ownership: OwnershipScope = { key, deployment: 'test', ...harness.store.target }
  for (let n = 0; n < configs; n++) await addConfig(n, ownership)
  const credentials = { accessKeyId: 'a', secretAccessKey: 'b' }
  const client = new SecretsManagerClient({ region: 'eu-west-1', endpoint: server.url, credentials })
  const store = createSecretsManagerStore({ client, target: harness.store.target })
  Object.assign(harness.dependencies, {
    stores: async () => store,
    versionKey: async () => {
      keyReads += 1
      return key
    },
  })
}, 60_000)

afterAll(async () => {
  await server.close()
  harness.close()
})

async function addConfig(n: number, ownership: OwnershipScope): Promise<void> {
  const id = idOf(n)
  const names = Array.from({ length: secretsEach }, (_, k) => nameOf(n, k))
  const value = SecretValue.fromText('v')
  for (const name of names) {
    const tags = formatOwner(ownership, id, name)
    await harness.store.create({ name, versionId, value, kind: 'string', tags })
  }
  await harness.state.writeInventory(
    id,
    1,
    names.map((name) => ({ name, versionId, writtenAt })),
  )
  harness.configs.put(createConfigManifest(`c${n}`))
  const watcher = {
    configId: id,
    ref: { branch: 'main' },
    url: 'https://git.example/org/shop',
    pullIntervalMs: 300_000,
  }
  await harness.state.writeHead(
    {
      schema: 1,
      id,
      status: { phase: 'Ready', description: '', conditions: [], secretsSynced: secretsEach },
      attempt: 0,
      generation: 1,
      watching: { repositoryKey: 'git.example/org/shop', watcher },
      publishing: { sweepId, region: 'eu-west-1', reconcileIntervalMs: 60_000, secrets: secretsEach },
    },
    null,
  )
}

async function sweep() {
  server.calls.length = 0
  harness.writes.length = 0
  harness.queue.sent.length = 0
  keyReads = 0
  const poke = harness.poke('', { kind: 'sweep', id: sweepId, trigger: 'schedule' })
  const startedAt = harness.clock.now()
  const report = await createSweepAccount(harness.dependencies)(poke, { deadlineAt: startedAt + 300_000 })
  return { report, tookMs: harness.clock.now() - startedAt }
}

describe('20,000 secrets over 1,000 configs', () => {
  it('cost 201 list calls when nothing has changed: no poke, no value, no write', async () => {
    const { report, tookMs } = await sweep()
    expect(report).toEqual({ configs, listed: configs * secretsEach, poked: [], continues: false })
    expect(server.calls.length).toBeLessThanOrEqual(201)
    expect(new Set(server.calls)).toEqual(new Set(['ListSecrets']))
    expect(keyReads).toBe(1)
    expect([...harness.writes, ...harness.queue.sent, ...harness.git.calls]).toEqual([])
    expect(tookMs).toBeGreaterThanOrEqual(199 * pageGapMs)
  }, 60_000)

  it('poke only the configs whose secrets drifted', async () => {
    const value = SecretValue.fromText('by hand')
    await harness.store.put({ name: nameOf(3, 7), versionId: 'b'.repeat(64), value, kind: 'string' })
    await harness.store.scheduleDeletion(nameOf(999, 19), 7)
    const { report } = await sweep()
    expect(report.poked).toEqual([idOf(3), idOf(999)])
    expect(harness.queue.sent).toHaveLength(2)
    expect(server.calls.length).toBeLessThanOrEqual(201)
    expect(harness.writes).toEqual([])
  }, 60_000)

  it('are one poke of the scheduled pass, each minute', async () => {
    harness.queue.sent.length = 0
    const sweeps: string[] = []
    for (let pass = 0; pass < 4; pass++) {
      await createReconcileAll({ ...harness.dependencies, configSources: [] })({
        deadlineAt: Number.POSITIVE_INFINITY,
      })
      harness.clock.advance(60_000)
      sweeps.push(...harness.queue.sent.flatMap(({ poke }) => (poke.kind === 'sweep' ? [poke.id] : [])))
      harness.queue.sent.length = 0
    }
    expect(sweeps).toEqual(Array.from({ length: 4 }, () => sweepId))
  })
})
