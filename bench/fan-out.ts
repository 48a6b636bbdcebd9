import { createWorkerHandler } from '../functions/worker/handler.ts'
import { createSqsStack } from '../lib/adapters/lambda/sqs-stack.ts'
import { openQueueDatabase } from '../lib/adapters/queue/in-process/messages.ts'
import { createInProcessQueue } from '../lib/adapters/queue/in-process.ts'
import { silentTelemetry } from '../lib/adapters/telemetry/lines.ts'
import { findRepositoryKey } from '../lib/core/source/url.ts'
import { formatTime } from '../lib/core/time.ts'
import { createReconcileAll } from '../lib/sync/reconcile-all.ts'
import { createSweepAccount } from '../lib/sync/sweep-account.ts'
import { createSyncConfig } from '../lib/sync/sync-config.ts'
import { createWatchRepository } from '../lib/sync/watch-repository.ts'
import { createWorkPoke } from '../lib/sync/work-poke.ts'
import { createConfigManifest, createRepositoryManifest } from '../test/fakes/in-memory-configs.ts'
import { createContext } from '../test/fakes/lambda-events.ts'
import { createSyncHarness } from '../test/fakes/sync-harness.ts'

/**
 * One push to a repository that many configs follow (10,000 without an argument), all of which it concerns: through
 * the in-process queue, with 20 groups at a time, the local state and the local store, all in memory. Fails unless
 * every config is at head, each secret was written once, and the refs were listed once.
 */
const count = Number(process.argv[2] ?? 10_000)
const groupsAtATime = 20
const url = 'https://git.test/shop.git'

const harness = createSyncHarness()
const { git, configs, store, state, clock, writes } = harness
const database = openQueueDatabase(':memory:')
const telemetry = silentTelemetry
const queue = createInProcessQueue({ database, clock, telemetry, concurrency: groupsAtATime })
const dependencies = { ...harness.dependencies, queue, telemetry }
const workPoke = createWorkPoke({
  watchRepository: createWatchRepository(dependencies),
  syncConfig: createSyncConfig(dependencies),
  sweepAccount: createSweepAccount(dependencies),
})
const work = createSqsStack(createWorkerHandler({ workPoke, telemetry, clock }), telemetry)
const ids = Array.from({ length: count }, (_, n) => `config-${n}`)

configs.put(createRepositoryManifest({ url }))
for (const id of ids) configs.put(createConfigManifest(id))
commit('first')
queue.start((event) => work(event, createContext(300_000)))

const first = await measure(async () => {
  await createReconcileAll(dependencies)({ deadlineAt: clock.now() + 300_000 })
})
const before = await readCurrents()
git.calls.length = 0
writes.length = 0
clock.advance(60_000)
const head = commit('second')
const push = await measure(async () => {
  const id = findRepositoryKey(url) ?? ''
  const requestedAt = formatTime(clock.now())
  const poke = { v: 1, kind: 'repository', id, trigger: 'webhook', requestId: 'push', requestedAt } as const
  await queue.send([{ poke, dedupId: 'push' }])
})

const after = await readCurrents()
const heads = await Promise.all(ids.map((id) => state.readHead(`${configs.name}/shop/${id}`)))
const findings = {
  configs: count,
  atHead: heads.filter((each) => each?.applied?.revision.commit === head).length,
  changedSecrets: [...after].filter(([name, version]) => before.get(name) !== version).length,
  writesOfSecrets: writes.filter((call) => call === 'put' || call === 'moveCurrent').length,
  refListings: git.calls.filter((call) => call === 'listRefs').length,
  deadLetters: queue.listDeadLetters().length,
  firstSyncSeconds: first,
  pushSeconds: push,
  configsPerSecond: Math.round(count / push),
}
console.log(findings)
const { atHead, changedSecrets, writesOfSecrets, refListings, deadLetters } = findings
const isAsPromised =
  [atHead, changedSecrets, writesOfSecrets].every((found) => found === count) &&
  refListings === 1 &&
  deadLetters === 0
process.exitCode = isAsPromised ? 0 : 1

await queue.stop()
database.close()
harness.close()

function commit(value: string): string {
  const kustomization = `secretGenerator:\n  - name: application\n    literals:\n      - VALUE=${value}\n`
  return git.commit('main', { 'dev/kustomization.yaml': kustomization })
}

async function measure(start: () => Promise<void>): Promise<number> {
  const startedAt = performance.now()
  await start()
  await queue.idle()
  return Number(((performance.now() - startedAt) / 1_000).toFixed(1))
}

async function readCurrents(): Promise<ReadonlyMap<string, string | undefined>> {
  return new Map((await store.list()).map(({ name, current }) => [name, current]))
}
