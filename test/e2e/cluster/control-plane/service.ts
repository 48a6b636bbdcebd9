import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeEmbedded } from '../../../../cli/embedded/compose.ts'
import { startFunctions } from '../../../../cli/embedded/start-functions.ts'
import { createClusterSource } from '../../../../lib/adapters/config/cluster.ts'
import { createClusterCredentials } from '../../../../lib/adapters/credentials/cluster-credentials.ts'
import { createHome } from '../../../../lib/adapters/home/home.ts'
import { createKubeClients } from '../../../../lib/adapters/kube/clusters.ts'
import { openLocalStoreReader } from '../../../../lib/adapters/stores/local/reader.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import type { Policy } from '../../../../lib/core/config/policy.ts'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import { createRecordingTelemetry, type RecordedLine } from '../../../fakes/recording-telemetry.ts'
import type { ControlPlane } from './start.ts'

/** The whole service on embedded parts, following a cluster; the test is its schedule. */
export interface ClusterService {
  /** The time of the service, milliseconds since the epoch. */
  now(): number
  /** A scheduled pass, a minute after the one before, and all that it has poked. */
  pass(): Promise<void>
  head(namespace: string, name: string): Promise<ConfigHead | null>
  /** The current value of a published secret; `null` where there is none. */
  secret(name: string): string | null
  readonly lines: readonly RecordedLine[]
  /** Goes on with what it remembers, under another policy. */
  restart(policy: Policy): Promise<void>
  stop(): Promise<void>
}

export interface ClusterServiceOptions {
  readonly token?: string
  readonly policy?: Policy
}

const minuteMs = 60_000

export async function startClusterService(
  plane: ControlPlane,
  { token = plane.tokens.both, policy = { tenancy: 'single' } }: ClusterServiceOptions = {},
): Promise<ClusterService> {
  const folder = mkdtempSync(join(tmpdir(), 'smc-cluster-'))
  const home = createHome(join(folder, 'home'))
  let passes = 0
  const clock = { ...systemClock, now: () => systemClock.now() + passes * minuteMs }
  const telemetry = createRecordingTelemetry()
  const client = createKubeClients({
    readKubeconfig: async () => plane.kubeconfig(token),
    awsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
    clock,
  })({ name: 'prod', kubeconfig: 'prod' })
  const start = async (rules: Policy) => {
    const embedded = composeEmbedded({
      home,
      configSource: createClusterSource({ name: 'prod', client }),
      policy: rules,
      readStored: createClusterCredentials({ clients: new Map([['prod', client]]), telemetry, clock }),
      keyServices: async () => [],
      allowedHosts: [],
      telemetry,
      clock,
    })
    return { embedded, functions: await startFunctions(embedded, { home, port: 0 }) }
  }
  const stop = async ({ embedded, functions }: Awaited<ReturnType<typeof start>>) => {
    await functions.stop()
    embedded.close()
  }
  let running = await start(policy)
  return {
    now: clock.now,
    lines: telemetry.lines,
    pass: async () => {
      passes += 1
      await running.functions.reconcile()
      await running.embedded.queue.idle()
    },
    head: async (namespace, name) =>
      await running.embedded.dependencies.state.readHead(`prod/${namespace}/${name}`),
    secret: (name) => {
      const reader = openLocalStoreReader(home.secretsFile, clock)
      try {
        const value = reader.readValue(name)?.reveal()
        return value === undefined ? null : Buffer.from(value).toString('utf8')
      } finally {
        reader.close()
      }
    },
    restart: async (rules) => {
      await stop(running)
      running = await start(rules)
    },
    stop: async () => {
      await stop(running)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
