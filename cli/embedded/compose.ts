import { readProcessCredentials } from '../../lib/adapters/aws/process-credentials.ts'
import { createConnect } from '../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../lib/adapters/git/git-client.ts'
import {
  createMintedCredentials,
  type ReadStoredCredential,
} from '../../lib/adapters/git/logins/minted-credentials.ts'
import { isSignedBy } from '../../lib/adapters/git/signatures/is-signed-by.ts'
import type { Home } from '../../lib/adapters/home/home.ts'
import { createLogNotify } from '../../lib/adapters/notify/log.ts'
import { createLocalParameters } from '../../lib/adapters/parameters/local.ts'
import { openQueueDatabase } from '../../lib/adapters/queue/in-process/messages.ts'
import { createInProcessQueue, type InProcessQueue } from '../../lib/adapters/queue/in-process.ts'
import { createFileVersionKey } from '../../lib/adapters/state/file-version-key.ts'
import { createLocalState, openStateDatabase } from '../../lib/adapters/state/local.ts'
import { openStoreDatabase } from '../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../lib/adapters/stores/local.ts'
import type { Policy } from '../../lib/core/config/policy/policy.ts'
import type { Clock, ConfigSource, KeyServices, Telemetry } from '../../lib/ports.ts'
import type { SyncDependencies } from '../../lib/sync/dependencies.ts'
import { createDataKeyCache } from '../../lib/sync/load/data-key-cache.ts'

export interface EmbeddedOptions {
  readonly home: Home
  readonly configSource: ConfigSource
  readonly policy: Policy
  /** Log-ins of Git servers: those that a cluster holds, none for a folder of manifests. */
  readonly readStored: ReadStoredCredential
  readonly keyServices: KeyServices
  /** Hosts on private addresses that may be connected to. */
  readonly allowedHosts: readonly string[]
  readonly telemetry: Telemetry
  readonly clock: Clock
}

/** The whole service on embedded parts. */
export interface Embedded {
  readonly dependencies: SyncDependencies
  readonly queue: InProcessQueue
  close(): void
}

/** The account that local secrets belong to: none of AWS has it. */
const localAccount = '000000000000'

/** Puts the use cases on the files of a home. The caller holds the lock of the home. */
export function composeEmbedded({
  home,
  configSource,
  policy,
  readStored,
  keyServices,
  allowedHosts,
  telemetry,
  clock,
}: EmbeddedOptions): Embedded {
  const secrets = openStoreDatabase(home.secretsFile)
  const states = openStateDatabase(home.stateFile)
  const messages = openQueueDatabase(home.queueFile)
  const queue = createInProcessQueue({ database: messages, clock, telemetry })
  const egress = createEgress({ allowedHosts, allowLoopback: true, allowHttp: true })
  const connect = createConnect({ allowedHosts, allowLoopback: true })
  return {
    queue,
    dependencies: {
      deployment: 'embedded',
      policy,
      configSources: [configSource],
      git: createGitClient({
        egress,
        connect,
        readCredential: createMintedCredentials(readStored, {
          egress,
          now: clock.now,
          readAwsCredentials: readProcessCredentials,
        }),
      }),
      isSignedBy,
      keyServices,
      dataKeys: createDataKeyCache({ now: clock.now }),
      stores: async ({ aws }) =>
        createLocalStore({ database: secrets, clock, target: { account: localAccount, region: aws.region } }),
      parameters: async ({ aws }) =>
        createLocalParameters({
          database: secrets,
          clock,
          target: { account: localAccount, region: aws.region },
        }),
      versionKey: createFileVersionKey(home.versionKeyFile),
      state: createLocalState({ database: states, clock }),
      queue,
      notify: createLogNotify(telemetry),
      telemetry,
      clock,
    },
    close() {
      for (const database of [secrets, states, messages]) database.close()
    },
  }
}
