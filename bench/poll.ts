import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createClusterSource } from '../lib/adapters/config/cluster.ts'
import { createEgress } from '../lib/adapters/egress/egress.ts'
import { createKubeClient } from '../lib/adapters/kube/kube-client.ts'
import { createOpenCluster } from '../lib/adapters/kube/open-cluster.ts'
import { createLocalState, openStateDatabase } from '../lib/adapters/state/local.ts'
import { systemClock as clock } from '../lib/adapters/system-clock.ts'
import { createReconcileAll } from '../lib/sync/reconcile-all.ts'
import { formatKubeconfig } from '../test/fakes/kube-server.ts'
import { createHead } from './poll/head.ts'

/**
 * One scheduled pass over a cluster in which nothing has changed: requests, time of the processor and memory of this
 * process, for as many sources and configs as the arguments say (100, 1,000 and 10,000 without any).
 */
const counts = process.argv.slice(2).map(Number)
const limits = { seconds: 10, mebibytes: 512 }
let isOver = false

console.log('| sources | configs | LIST calls | pokes | CPU s | CPU ms/source | wall s | memory MiB |')
console.log('|---|---|---|---|---|---|---|---|')
for (const count of counts.length > 0 ? counts : [100, 1_000, 10_000]) await measure(count)
process.exitCode = isOver ? 1 : 0

async function measure(count: number): Promise<void> {
  const server = spawn(process.execPath, [join(import.meta.dirname, 'poll/api-server.ts'), String(count)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const [line] = (await once(server.stdout, 'data')) as [Buffer]
    await runPass(count, line.toString().trim())
  } finally {
    server.kill()
  }
}

async function runPass(count: number, url: string): Promise<void> {
  const database = openStateDatabase(':memory:')
  const state = createLocalState({ database, clock })
  for (let n = 0; n < count; n++) await state.writeHead(await createHead(n), null)
  let requests = 0
  let pokes = 0
  const client = createKubeClient({
    cluster: 'prod',
    clock,
    open: createOpenCluster({
      readKubeconfig: async () => formatKubeconfig(url, { token: 'bench' }),
      awsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
      clock,
    }),
    createEgress: ({ host }) => {
      const egress = createEgress({ allowedHosts: [host] })
      return async (request) => {
        requests += 1
        return await egress(request)
      }
    },
  })
  // Repositories are due by their interval, whatever the cluster says: a pass just after another has none of them.
  const now = Date.parse('2026-01-31T08:06:00.000Z')
  await state.takeTick(new Date(now - 1).toISOString(), 0)
  const reconcileAll = createReconcileAll({
    deployment: 'bench',
    policy: { tenancy: 'single' },
    configSources: [createClusterSource({ name: 'prod', client })],
    state: { ...state, takeTick: (at) => state.takeTick(at, 0) },
    queue: {
      send: async (sent) => {
        pokes += sent.length
      },
    },
    telemetry: { log: () => {}, measure: () => {} },
    clock: { ...clock, now: () => now },
  })
  const cpu = process.cpuUsage()
  const startedAt = performance.now()
  await reconcileAll({ deadlineAt: Number.POSITIVE_INFINITY })
  const wall = (performance.now() - startedAt) / 1000
  const { user, system } = process.cpuUsage(cpu)
  const seconds = (user + system) / 1e6
  const mebibytes = process.resourceUsage().maxRSS / 1024
  database.close()
  if (requests > 2 * Math.ceil(count / 500) || pokes > 0) isOver = true
  if (seconds > limits.seconds || mebibytes > limits.mebibytes) isOver = true
  const row = [
    count,
    count,
    requests,
    pokes,
    seconds.toFixed(2),
    ((seconds * 1000) / count).toFixed(2),
    wall.toFixed(2),
    mebibytes.toFixed(0),
  ]
  console.log(`| ${row.join(' | ')} |`)
}
