import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { formatTime } from '../../../../lib/core/time.ts'
import type { SecretStore } from '../../../../lib/ports.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'
import { createVirtualClock } from '../../../fakes/virtual-clock.ts'

/** , and so in CI, takes 20,000 secrets; by default a tenth, in a tenth of the time. */
const scale = Number(process.env['SMC_SCALE'] ?? (process.env['CI'] ? 20 : 2))
const configs = 20
const secretsEach = 50 * scale
const secrets = configs * secretsEach
/** Of AWS, for CreateSecret. */
const quotaPerSecond = 50
/** What a run may use of a function's time, and what it keeps to record. */
const functionTimeMs = 12_750 * scale + 45_000

const clock = createVirtualClock()
let harness: SyncHarness
const createdAt: number[] = []
const nameOf = (n: number) => `c${n}`

beforeAll(() => {
  harness = createSyncHarness()
  const create: SecretStore['create'] = async (secret) => {
    createdAt.push(clock.now())
    await clock.sleep(50)
    await harness.store.create(secret)
  }
  const store = new Proxy(harness.store, {
    get: (target, name, receiver) => (name === 'create' ? create : Reflect.get(target, name, receiver)),
  })
  Object.assign(harness.dependencies, { stores: async () => store, clock })
  const files: Record<string, string> = {}
  harness.configs.put(createRepositoryManifest())
  for (let n = 0; n < configs; n++) {
    const name = nameOf(n)
    harness.configs.put(
      createConfigManifest(name, { kustomizePath: undefined, basePath: name, prefix: name }),
    )
    const lines = Array.from({ length: secretsEach }, (_, k) => `K${k}=1`)
    files[`${name}/deployment-configuration/dev/application.secrets.env`] = lines.join('\n')
  }
  harness.git.commit('main', files)
})

afterAll(() => {
  harness.close()
})

/** Runs as Lambda does: a function's time for each poke, and then the poke that the run has sent. @returns runs */
async function syncWholly(name: string): Promise<number> {
  const sync = createSyncConfig(harness.dependencies)
  let poke = harness.poke(name, { requestedAt: formatTime(clock.now()), requestId: name })
  for (let runs = 1; ; runs++) {
    const before = harness.queue.sent.length
    await sync(poke, { deadlineAt: clock.now() + functionTimeMs })
    const next = harness.queue.sent.slice(before).find((sent) => sent.poke.id === poke.id)
    if (!next) return runs
    poke = next.poke
  }
}

/** The most writes that began within a second. */
function findBusiestSecond(): number {
  let first = 0
  return createdAt.reduce((most, at, n) => {
    while ((createdAt[first] ?? at) <= at - 1_000) first += 1
    return Math.max(most, n - first + 1)
  }, 0)
}

describe(`a first sync of ${secrets} secrets`, () => {
  it('ends after a few runs of every config, within the quota of writes', async () => {
    const startedAt = clock.now()
    const names = Array.from({ length: configs }, (_, n) => nameOf(n))
    const runs = await clock.run(Promise.all(names.map(syncWholly)))
    const tookMs = clock.now() - startedAt
    for (const name of names) {
      const head = await harness.state.readHead(`m/shop/${name}`)
      expect(head).toMatchObject({ status: { phase: 'Ready', secretsSynced: secretsEach } })
    }
    expect(createdAt).toHaveLength(secrets)
    expect(Math.max(...runs)).toBeGreaterThan(1)
    expect(findBusiestSecond()).toBeLessThanOrEqual(quotaPerSecond)
    const leastMs = (secrets / (quotaPerSecond * 0.7) - 1) * 1_000
    expect(tookMs).toBeGreaterThanOrEqual(leastMs)
    expect(tookMs).toBeLessThanOrEqual(leastMs * 1.25)
  }, 300_000)
})
