import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { composeEmbedded, type Embedded } from '../../../../cli/embedded/compose.ts'
import { startFunctions } from '../../../../cli/embedded/start-functions.ts'
import { createLambdaContext } from '../../../../cli/runner/lambda-context.ts'
import { createReconcileHandler } from '../../../../functions/reconcile/handler.ts'
import { createClusterSource } from '../../../../lib/adapters/config/cluster.ts'
import { createClusterCredentials } from '../../../../lib/adapters/credentials/cluster-credentials.ts'
import { createHome } from '../../../../lib/adapters/home/home.ts'
import { createKubeClients } from '../../../../lib/adapters/kube/clusters.ts'
import type { KubeClient } from '../../../../lib/adapters/kube/kube-client.ts'
import { createScheduleStack } from '../../../../lib/adapters/lambda/schedule-stack.ts'
import { openLocalStoreReader } from '../../../../lib/adapters/stores/local/reader.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import type { Policy } from '../../../../lib/core/config/policy.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import type { Clock, ConfigSource, KeyService, SecretStores } from '../../../../lib/ports.ts'
import { createReconcileAll } from '../../../../lib/sync/reconcile-all.ts'
import { createRecordingTelemetry, type RecordedLine } from '../../../fakes/recording-telemetry.ts'
import { signDelivery } from '../../../fakes/webhook-deliveries.ts'
import type { ControlPlane, Part } from '../control-plane/start.ts'
import { createNetworkedGit, type Network } from './network.ts'

/** The whole service on embedded parts, following a cluster; the test is its schedule. */
export interface ClusterService {
  /** The time of the service, milliseconds since the epoch. */
  now(): number
  /** Scheduled passes, each a minute after the one before, and all that they have poked. */
  pass(count?: number): Promise<void>
  /** The webhook of a push to a repository, signed as GitHub does, and all that it has poked. @returns the status */
  deliver(repositoryUrl: string, commit: string): Promise<number>
  head(namespace: string, name: string): Promise<ConfigHead | null>
  /** The current value of a published secret; `null` where there is none. */
  secret(name: string): string | null
  /** Changes a published secret, as somebody does who has access to the store. */
  overwrite(name: string, text: string): Promise<void>
  readonly lines: readonly RecordedLine[]
  /** Goes on with what it remembers, under another policy. */
  restart(policy: Policy): Promise<void>
  stop(): Promise<void>
}

export interface ClusterServiceOptions {
  readonly policy?: Policy
  /** What files are decrypted with; nothing unless told. */
  readonly keyServices?: readonly KeyService[]
  /** Where secrets go; into a file of the service unless told. */
  readonly stores?: SecretStores
  /** How Git servers are reached: as on a machine of one's own unless told. */
  readonly network?: Network
}

const minuteMs = 60_000
const reconcileTimeoutMs = 60_000

/** Scheduled pass and worker show the cluster tokens of their own, so that each has its role alone. */
export async function startClusterService(
  plane: ControlPlane,
  { policy = { tenancy: 'single' }, keyServices = [], stores, network }: ClusterServiceOptions = {},
): Promise<ClusterService> {
  const folder = mkdtempSync(join(tmpdir(), 'smc-cluster-'))
  const home = createHome(join(folder, 'home'))
  let passes = 0
  const clock = { ...systemClock, now: () => systemClock.now() + passes * minuteMs }
  const telemetry = createRecordingTelemetry()
  const client = openClient(plane, 'worker', clock)
  const readStored = createClusterCredentials({ clients: new Map([['prod', client]]), telemetry, clock })
  const passSource = createClusterSource({ name: 'prod', client: openClient(plane, 'reconcile', clock) })
  const start = async (rules: Policy) => {
    const composed = composeEmbedded({
      home,
      configSource: createClusterSource({ name: 'prod', client }),
      policy: rules,
      readStored,
      keyServices: async () => keyServices,
      allowedHosts: [],
      telemetry,
      clock,
    })
    const git = network && createNetworkedGit(network, { readStored, clock })
    const dependencies = { ...composed.dependencies, ...(git && { git }), ...(stores && { stores }) }
    const embedded = { ...composed, dependencies }
    const functions = await startFunctions(embedded, { home, port: 0 })
    return { embedded, functions, reconcile: createPass(embedded, passSource) }
  }
  const stop = async ({ embedded, functions }: Awaited<ReturnType<typeof start>>) => {
    await functions.stop()
    embedded.close()
  }
  let running = await start(policy)
  return {
    now: clock.now,
    lines: telemetry.lines,
    pass: async (count = 1) => {
      for (let n = 0; n < count; n++) {
        passes += 1
        await running.reconcile()
        await running.embedded.queue.idle()
      }
    },
    deliver: async (repositoryUrl, commit) => {
      const push = { ref: 'refs/heads/main', after: commit, repository: { clone_url: repositoryUrl } }
      const { headers, body } = signDelivery(push, { secret: home.readWebhookSecret() })
      const url = `${running.functions.url}/webhooks/github`
      const { status } = await fetch(url, { method: 'POST', headers, body })
      await running.embedded.queue.idle()
      return status
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
    overwrite: async (name, text) => {
      const stores = running.embedded.dependencies.stores
      const store = await stores({ id: 'prod/any/any', aws: { region: 'eu-west-1' } })
      const value = SecretValue.fromText(text)
      await store.put({ name, versionId: 'e'.repeat(64), value, kind: 'string' })
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

/** The client of a part of the service, as a deployment makes it. */
export function openClient(plane: ControlPlane, part: Part, clock: Clock = systemClock): KubeClient {
  const open = createKubeClients({
    readKubeconfig: async () => plane.kubeconfig(plane.tokens[part]),
    awsCredentials: async () => ({ accessKeyId: 'none', secretAccessKey: 'none' }),
    clock,
  })
  return open({ name: 'prod', kubeconfig: 'prod' })
}

/** The function of the schedule, which knows the cluster by its own token. */
function createPass({ dependencies }: Embedded, source: ConfigSource): () => Promise<void> {
  const { telemetry, clock } = dependencies
  const reconcileAll = createReconcileAll({ ...dependencies, configSources: [source] })
  const reconcile = createScheduleStack(createReconcileHandler(reconcileAll, clock), telemetry)
  return async () => {
    await reconcile({}, createLambdaContext('reconcile', reconcileTimeoutMs, clock))
  }
}
