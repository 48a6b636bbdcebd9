import type { SyncEvent } from './core/audit/sync-event.ts'
import type { Config, ConfigId } from './core/config/config.ts'
import type { Manifest, ManifestListing } from './core/config/manifest.ts'
import type { Tree } from './core/files/tree.ts'
import type { VariableObject, VariableRef } from './core/flux/variable-object.ts'
import type { Metric } from './core/metric.ts'
import type { Poke } from './core/poke.ts'
import type { KeyEntry, KeyKind } from './core/sops/keys/key-entry.ts'
import type { HostEvent, RawDelivery } from './core/source/host-event.ts'
import type { CredentialRef, LiveCluster, ObjectRef, RefListing } from './core/source/source.ts'
import type { ResourceStatus } from './core/status/resource-status.ts'
import type { SecretStore } from './ports/secret-store.ts'
import type { StorePlace } from './ports/store-place.ts'

export type { NewParameter, ParameterStore, ParameterStores } from './ports/parameter-store.ts'
export type {
  ListFilter,
  ListPage,
  NewSecret,
  NewVersion,
  SecretSettings,
  SecretStore,
} from './ports/secret-store.ts'
export type { StateStore } from './ports/state-store.ts'
export type { StorePlace, StoreTarget } from './ports/store-place.ts'

/**
 * Opens encrypted data keys. One service stands for one kind of key and for the keys granted to one config.
 * `null` says "none of my keys is meant"; an error says "mine, but broken", or that the outside failed.
 */
export interface KeyService {
  readonly kind: KeyKind
  /** Whether the config may use the key that `entry` names. Asked before `unwrap` and before any cache. */
  isGranted(entry: KeyEntry): boolean
  /**
   * The data key, or the Shamir part, in `entry`. What is not granted is refused here too, before any network call.
   * @throws {SyncError} SopsKeyNotGranted, EgressForbidden, SopsKeyServiceUnavailable, SopsKeyAccessDenied,
   *   KmsAccessDenied, SopsKeyUnusable, SopsKeyUnsupported, SopsKeyInvalid, SopsMetadataInvalid
   */
  unwrap(entry: KeyEntry): Promise<Uint8Array | null>
}

/** The key services that a config may use. */
export type KeyServices = (config: Config) => Promise<readonly KeyService[]>

/** A repository and what is sent to it. */
export interface GitRemote {
  readonly url: string
  readonly credentials?: CredentialRef
}

/** Reads Git repositories. Nothing is written to a disk. */
export interface GitClient {
  /**
   * What the server advertises now.
   * @throws {SyncError} GitUnavailable, GitAuthFailed, GitRepositoryNotFound, EgressForbidden
   */
  listRefs(remote: GitRemote): Promise<RefListing>
  /**
   * Opens one commit: every name at once, contents on demand.
   * @throws {SyncError} GitRefNotFound, GitFetchTooLarge, GitDataInvalid, and what `listRefs` throws
   */
  open(remote: GitRemote, commit: string): Promise<Snapshot>
  /** A commit object as Git hashes it. Throws what `open` throws. */
  readCommit(remote: GitRemote, commit: string): Promise<Uint8Array>
  /**
   * The one commit whose id begins with `abbreviation` among all that lead to what `listing` has.
   * @throws {SyncError} GitRefNotFound, GitRefAmbiguous, and what `open` throws
   */
  expandCommit(remote: GitRemote, abbreviation: string, listing: RefListing): Promise<string>
  /** Whether `ancestor` is `commit` or one of those before it. Throws what `open` throws. */
  isAncestor(remote: GitRemote, ancestor: string, commit: string): Promise<boolean>
}

/** Whether one of `signers` (lines of `authorized_keys`, armored PGP keys) signed a commit object. */
export type IsSignedBy = (commit: Uint8Array, signers: readonly string[]) => Promise<boolean>

/** One commit of a repository. */
export interface Snapshot {
  readonly commit: string
  readonly tree: Tree
  /**
   * The contents of files (and the targets of links) that the tree has, in as few requests as possible.
   * @throws {SyncError} GitDataInvalid where the server does not send one of them
   */
  readFiles(paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}

/** Where configs and the objects that they follow come from. */
export interface ConfigSource {
  /** First part of the id of every config: cluster id or directory name. */
  readonly name: string
  /** Where the objects are live; `null` where they are files, which are only specs and have no status. */
  readonly cluster: LiveCluster | null
  /** Every SecretManagerConfig; one unreadable file does not hide the others. */
  listConfigs(): Promise<ManifestListing>
  /** `null` where there is none. @throws {SyncError} ManifestUnreadable where that cannot be told */
  readConfig(namespace: string, name: string): Promise<Manifest | null>
  /** `null` where there is none. */
  readSource(ref: ObjectRef): Promise<Manifest | null>
  /** Every source of one kind, for a look at many of them. */
  listSources(kind: ObjectRef['kind']): Promise<readonly Manifest[]>
  /** A Kustomization of Flux; `null` where there is none. */
  readKustomization(ref: Omit<ObjectRef, 'kind'>): Promise<Manifest | null>
  /**
   * What a ConfigMap or Secret holds, for variables of a Kustomization in the same namespace; `null` where there is none.
   * @throws {SyncError} SubstitutionFailed for what is no text
   */
  readVariables(ref: VariableRef): Promise<VariableObject | null>
  /** An AppProject of Argo CD; `null` where there is none. */
  readProject(name: string): Promise<Manifest | null>
  /** Shows `status` on the resource; does nothing where resources have none, or where it is gone. */
  writeStatus(config: Pick<Config, 'namespace' | 'name'>, status: ResourceStatus): Promise<void>
}

/** Opens the store that a config publishes to. */
export type SecretStores = (config: StorePlace) => Promise<SecretStore>

/** The key of version ids and ownership marks; never stored in the clear, made once per deployment. */
export type VersionKey = () => Promise<Uint8Array>

/** A poke on its way; pokes of one id are worked in order, and equal `dedupId`s within five minutes are one. */
export interface OutgoingPoke {
  readonly poke: Poke
  readonly dedupId: string
}

/** The `watch` and `sync` queues: repository and sweep pokes go to the first, config pokes to the second. */
export interface PokeQueue {
  /** @throws {SyncError} QueueUnavailable */
  send(pokes: readonly OutgoingPoke[]): Promise<void>
}

/**
 * Tells others what has happened to configs. What is told holds ids, codes and counts only.
 * @throws {SyncError} NotifyUnavailable
 */
export type Notify = (events: readonly SyncEvent[]) => Promise<void>

/** The secrets that a Git host may sign with; two while one replaces the other, none where it is not set up. */
export type WebhookSecrets = (host: string) => Promise<readonly string[]>

/** Reads the webhooks of one kind of Git host. */
export interface GitHost {
  /**
   * Resolves if one of the secrets signed the body. Without a signature of the right shape no secret is asked for.
   * @throws {SyncError} SignatureInvalid, and what `readSecrets` throws
   */
  verify(delivery: RawDelivery, readSecrets: () => Promise<readonly string[]>): Promise<void>
  /** What a verified delivery says. @throws {SyncError} PayloadInvalid */
  readEvent(delivery: RawDelivery): HostEvent
}

/** Fields of a log line; the adapter lets no others through. */
export interface LogFields {
  readonly configId?: ConfigId
  readonly repository?: string
  readonly revision?: string
  readonly requestId?: string
  readonly step?: string
  readonly code?: string
  readonly durationMs?: number
  readonly counts?: Readonly<Record<string, number>>
}

/** Logs and metrics. Messages are static text. */
export interface Telemetry {
  log(level: 'debug' | 'info' | 'warn' | 'error', message: string, fields?: LogFields): void
  measure(metric: Metric, value: number, dimension?: { readonly name: string; readonly value: string }): void
}

/** Time and chance, so that tests need not freeze them. */
export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** From 0 up to 1. */
  random(): number
  sleep(durationMs: number): Promise<void>
}
