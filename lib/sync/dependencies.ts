import type { Policy } from '../core/config/policy/policy.ts'
import type {
  Clock,
  ConfigSource,
  GitClient,
  IsSignedBy,
  KeyServices,
  Notify,
  ParameterStores,
  PokeQueue,
  SecretStores,
  StateStore,
  Telemetry,
  VersionKey,
} from '../ports.ts'
import type { DataKeyCache } from './load/data-key-cache.ts'

/** What the use cases need of the outside. */
export interface SyncDependencies {
  /** Name of this deployment: part of every ownership mark. */
  readonly deployment: string
  readonly policy: Policy
  readonly configSources: readonly ConfigSource[]
  readonly git: GitClient
  readonly isSignedBy: IsSignedBy
  readonly keyServices: KeyServices
  /** Opened data keys of this process, from one sync to the next. */
  readonly dataKeys: DataKeyCache
  readonly stores: SecretStores
  readonly parameters: ParameterStores
  readonly versionKey: VersionKey
  readonly state: StateStore
  readonly queue: PokeQueue
  readonly notify: Notify
  readonly telemetry: Telemetry
  readonly clock: Clock
}
