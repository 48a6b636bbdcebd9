import { readFileSync } from 'node:fs'
import { readProcessCredentials } from '../../lib/adapters/aws/process-credentials.ts'
import { createClusterSource } from '../../lib/adapters/config/cluster.ts'
import { createClusterCredentials } from '../../lib/adapters/credentials/cluster-credentials.ts'
import type { ReadStoredCredential } from '../../lib/adapters/git/logins/minted-credentials.ts'
import type { Home } from '../../lib/adapters/home/home.ts'
import { createKubeClients } from '../../lib/adapters/kube/clusters.ts'
import { readPolicy } from '../../lib/adapters/policy-file.ts'
import { systemClock as clock } from '../../lib/adapters/system-clock.ts'
import { createLineTelemetry } from '../../lib/adapters/telemetry/lines.ts'
import type { Policy } from '../../lib/core/config/policy/policy.ts'
import { SyncError } from '../../lib/core/errors.ts'
import type { ConfigSource } from '../../lib/ports.ts'
import { type CommandInput, readText } from '../command.ts'
import { openConfigSource } from './options.ts'

/** Where configs come from, who may use what, and which credentials go with them. */
export interface ConfigOrigin {
  readonly configSource: ConfigSource
  readonly policy: Policy
  readonly readStored: ReadStoredCredential
}

/** First part of the ids of configs of a cluster. */
const clusterName = 'cluster'

/**
 * The cluster of `--kubeconfig`, else a folder of manifests.
 * @throws {SyncError} UsageInvalid, PolicyMissing, PolicyInvalid
 */
export function openConfigOrigin(input: CommandInput, home: Home): ConfigOrigin {
  const kubeconfig = readText(input, 'kubeconfig')
  const policy = readText(input, 'policy') ?? ''
  if (kubeconfig === undefined) return fromFolder(openConfigSource(input, home), policy)
  if (readText(input, 'manifests') !== undefined) {
    throw new SyncError('UsageInvalid', { data: { options: '--kubeconfig and --manifests' } })
  }
  const client = createKubeClients({
    readKubeconfig: async () => readKubeconfig(kubeconfig),
    awsCredentials: readProcessCredentials,
    clock,
  })({ name: clusterName, kubeconfig })
  const telemetry = createLineTelemetry({ write: input.output.note, clock, minimumLevel: 'warn' })
  const clients = new Map([[clusterName, client]])
  return {
    policy: readPolicy({ policy, locations: [{ kind: 'cluster' }] }),
    configSource: createClusterSource({ name: clusterName, client }),
    readStored: createClusterCredentials({ clients, telemetry, clock }),
  }
}

/** A folder of manifests belongs to whoever runs the command, and names no credentials. */
export function fromFolder(configSource: ConfigSource, policy = ''): ConfigOrigin {
  return {
    policy: readPolicy({ policy, locations: [{ kind: 'directory' }] }),
    configSource,
    readStored: async () => null,
  }
}

function readKubeconfig(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new SyncError('InputMissing', { data: { path }, cause })
  }
}
