import { composeEmbedded, type Embedded } from '../../../../cli/embedded/compose.ts'
import { type RunningFunctions, startFunctions } from '../../../../cli/embedded/start-functions.ts'
import { createLambdaContext } from '../../../../cli/runner/lambda-context.ts'
import { createReconcileHandler } from '../../../../functions/reconcile/handler.ts'
import { createClusterSource } from '../../../../lib/adapters/config/cluster.ts'
import { createClusterCredentials } from '../../../../lib/adapters/credentials/cluster-credentials.ts'
import type { Home } from '../../../../lib/adapters/home/home.ts'
import { createKubeClients } from '../../../../lib/adapters/kube/clusters.ts'
import type { KubeClient } from '../../../../lib/adapters/kube/kube-client.ts'
import { createScheduleStack } from '../../../../lib/adapters/lambda/schedule-stack.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import type { Policy } from '../../../../lib/core/config/policy/policy.ts'
import type { Clock, ConfigSource, KeyService, SecretStores, Telemetry } from '../../../../lib/ports.ts'
import { createReconcileAll } from '../../../../lib/sync/reconcile-all.ts'
import type { ControlPlane, Part } from '../control-plane/start.ts'
import { createNetworkedGit, type Network } from './network.ts'

export interface ServiceOptions {
  readonly policy?: Policy
  /** What files are decrypted with; nothing unless told. */
  readonly keyServices?: readonly KeyService[]
  /** Where secrets go; into a file of the service unless told. */
  readonly stores?: SecretStores
  /** How Git servers are reached: as on a machine of one's own unless told. */
  readonly network?: Network
}

/** What outlives the runs of a service. */
export interface Surroundings {
  readonly plane: ControlPlane
  readonly home: Home
  readonly telemetry: Telemetry
  readonly clock: Clock
}

export interface ServiceRun {
  readonly embedded: Embedded
  readonly functions: RunningFunctions
  /** The function of the schedule. */
  reconcile(): Promise<void>
  stop(): Promise<void>
}

const reconcileTimeoutMs = 60_000

/** Scheduled pass and worker show the cluster tokens of their own, so that each has its role alone. */
export async function runService(
  { plane, home, telemetry, clock }: Surroundings,
  { policy = { tenancy: 'single' }, keyServices = [], stores, network }: ServiceOptions,
): Promise<ServiceRun> {
  const client = openClient(plane, 'worker', clock)
  const readStored = createClusterCredentials({ clients: new Map([['prod', client]]), telemetry, clock })
  const composed = composeEmbedded({
    home,
    configSource: createClusterSource({ name: 'prod', client }),
    policy,
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
  const passSource = createClusterSource({ name: 'prod', client: openClient(plane, 'reconcile', clock) })
  return {
    embedded,
    functions,
    reconcile: createPass(embedded, passSource),
    stop: async () => {
      await functions.stop()
      embedded.close()
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

function createPass({ dependencies }: Embedded, source: ConfigSource): () => Promise<void> {
  const { telemetry, clock } = dependencies
  const reconcileAll = createReconcileAll({ ...dependencies, configSources: [source] })
  const reconcile = createScheduleStack(createReconcileHandler(reconcileAll, clock), telemetry)
  return async () => {
    await reconcile({}, createLambdaContext('reconcile', reconcileTimeoutMs, clock))
  }
}
