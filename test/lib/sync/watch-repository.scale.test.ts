import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createSyncConfig } from '../../../lib/sync/sync-config.ts'
import { createWatchRepository } from '../../../lib/sync/watch-repository.ts'
import { createConfigManifest, createRepositoryManifest } from '../../fakes/in-memory-configs.ts'
import { createSyncHarness, type SyncHarness } from '../../fakes/sync-harness.ts'

/** `SMC_SCALE=20` takes 20,000 secrets over 1,000 configs; by default a tenth. */
const scale = Number(process.env['SMC_SCALE'] ?? 2)
const configs = 50 * scale
const secretsEach = 20
const functionTimeMs = 300_000
const repository = 'git.example/org/shop'

let harness: SyncHarness
const files: Record<string, string> = {}
const nameOf = (n: number) => `c${n}`
const pathOf = (n: number) => `${nameOf(n)}/deployment-configuration/dev/application.secrets.env`

beforeAll(async () => {
  harness = createSyncHarness()
  harness.configs.put(createRepositoryManifest())
  for (let n = 0; n < configs; n++) {
    const basePath = nameOf(n)
    harness.configs.put(
      createConfigManifest(nameOf(n), { kustomizePath: undefined, basePath, prefix: basePath }),
    )
    files[pathOf(n)] = Array.from({ length: secretsEach }, (_, k) => `K${k}=1\n`).join('')
  }
  harness.git.commit('main', files)
  for (let n = 0; n < configs; n++) await sync(nameOf(n))
  harness.clock.advance(10 * 60_000)
}, 300_000)

afterAll(() => harness.close())

async function sync(name: string) {
  const poke = harness.poke(name, { requestId: `first-${name}` })
  return await createSyncConfig(harness.dependencies)(poke, {
    deadlineAt: harness.clock.now() + functionTimeMs,
  })
}

/** Commits, and works the webhook's poke and all that follow from it. @returns names of writing calls */
async function push(changed: Readonly<Record<string, string>>) {
  harness.git.commit('main', Object.assign(files, changed))
  harness.writes.length = 0
  harness.git.calls.length = 0
  harness.queue.sent.length = 0
  const requestId = `push-${Object.keys(changed).join()}`
  const poke = harness.poke('', { kind: 'repository', id: repository, requestId })
  const { watchers, poked } = await createWatchRepository(harness.dependencies)(poke)
  const reports = []
  for (const { poke: next } of harness.queue.sent) {
    const run = { deadlineAt: harness.clock.now() + functionTimeMs }
    reports.push(await createSyncConfig(harness.dependencies)(next, run))
  }
  return { watchers, poked, reports, writes: [...harness.writes], gitCalls: [...harness.git.calls] }
}

describe(`a push to the repository of ${configs} configs with ${configs * secretsEach} secrets`, () => {
  it('makes one write to the store where it changes one key', async () => {
    const changed = (files[pathOf(7)] ?? '').replace('K3=1', 'K3=2')
    const { watchers, poked, reports, writes, gitCalls } = await push({ [pathOf(7)]: changed })
    expect(watchers).toBe(configs)
    expect(poked).toEqual(['m/shop/c7'])
    expect(reports).toMatchObject([
      { outcomes: [{ change: { action: 'update', name: 'c7-K3' }, result: 'applied' }] },
    ])
    const toStore = writes.filter((call) => ['create', 'put', 'moveCurrent', 'restore', 'tag'].includes(call))
    expect(toStore).toEqual(['put'])
    // Begin and record, the lists that changed and those before them, the history, and where the ref is now.
    expect(writes.length - toStore.length).toBeLessThanOrEqual(7)
    expect(gitCalls.filter((call) => call === 'listRefs')).toHaveLength(1)
    expect((await harness.store.describe('c7-K3'))?.versions.size).toBe(2)
  })

  it('pokes nobody where it changes nothing that a config reads', async () => {
    const { poked, writes } = await push({ 'README.md': 'hello' })
    expect(poked).toEqual([])
    expect(writes).toEqual(['writeRef'])
  })
})
