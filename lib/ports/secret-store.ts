import type { Live } from '../core/plan/plan.ts'
import type { SecretValue } from '../core/secret-value.ts'
import type { Desired, SecretName, Tags, VersionId } from '../core/secrets/desired.ts'
import type { IsoTime } from '../core/time.ts'
import type { StoreTarget } from './store-place.ts'

export interface NewVersion {
  readonly name: SecretName
  readonly versionId: VersionId
  readonly value: SecretValue
  readonly kind: Desired['kind']
}

/** What a secret carries beside its value; what is absent is left to the store, or as it is. */
export interface SecretSettings {
  readonly kmsKeyId?: string
  readonly description?: string
}

/** A secret with its first version. */
export interface NewSecret extends NewVersion, SecretSettings {
  readonly tags: Tags
}

/**
 * Secrets of one account and region, with the lifecycle of AWS Secrets Manager: staging labels, request tokens,
 * recovery window. Values go in and never come out.
 */
export interface SecretStore {
  readonly target: StoreTarget
  /** How long lists may lag behind writes, clocks that differ included. */
  readonly listLagMs: number
  /**
   * The secrets of the target, also those scheduled for deletion; with a filter only those that carry a tag value
   * with this prefix. May lag behind writes.
   */
  list(filter?: ListFilter): Promise<readonly Live[]>
  /**
   * A part of what `list` says: at most 100 secrets, and where the next part begins, if there is one.
   * @param start absent for the first part; one that is minutes old may be refused
   */
  listPage(filter?: ListFilter, start?: string): Promise<ListPage>
  /** One secret as it is now; `null` where there is none. */
  describe(name: SecretName): Promise<Live | null>
  /**
   * When each version came to be that the store still has, labelled or not.
   * @throws {SyncError} SecretNotFound
   */
  listVersions(name: SecretName): Promise<ReadonlyMap<VersionId, IsoTime>>
  /**
   * The first version carries AWSCURRENT. A repeated create with the same id and value changes nothing.
   * @throws {SyncError} SecretExists, SecretScheduledForDeletion, SecretNameInvalid, SecretTooLarge, SecretEmpty,
   *   SecretTagsInvalid
   */
  create(secret: NewSecret): Promise<void>
  /**
   * Adds a version and moves `label`, else AWSCURRENT, to it. A known id with the same value changes nothing, labels
   * included.
   * @returns the staging labels of the version afterwards
   * @throws {SyncError} SecretNotFound, SecretScheduledForDeletion, VersionTampered (known id, other value),
   *   SecretTooLarge, SecretEmpty, StoreLimitExceeded
   */
  put(version: NewVersion & { readonly label?: string }): Promise<readonly string[]>
  /**
   * Moves AWSCURRENT to a version that the store still has, and AWSPREVIOUS to `from`, which must be the holder.
   * @throws {SyncError} StageMoved, SecretNotFound (the secret, or the version), SecretScheduledForDeletion
   */
  moveCurrent(name: SecretName, to: VersionId, from: VersionId): Promise<void>
  /** Sets what is given. @throws {SyncError} SecretNotFound, SecretScheduledForDeletion, StoreKeyUnusable */
  amend(name: SecretName, settings: SecretSettings): Promise<void>
  /**
   * Begins to keep copies in these regions, encrypted with a key that each of them has, else with its default key.
   * @throws {SyncError} SecretNotFound, SecretScheduledForDeletion
   */
  replicate(name: SecretName, regions: readonly string[], kmsKeyId?: string): Promise<void>
  /** Ends copies, at once and for good; none where there are none. @throws as `replicate` */
  removeReplicas(name: SecretName, regions: readonly string[]): Promise<void>
  /** Takes back a scheduled deletion; changes nothing where there is none. @throws {SyncError} SecretNotFound */
  restore(name: SecretName): Promise<void>
  /** Sets these tags and leaves others. @throws {SyncError} SecretNotFound, SecretScheduledForDeletion, SecretTagsInvalid */
  tag(name: SecretName, tags: Tags): Promise<void>
  /**
   * Ends the secret after 7 to 30 days.
   * @throws {SyncError} SecretNotFound, SecretScheduledForDeletion, ReplicasRemain
   */
  scheduleDeletion(name: SecretName, recoveryWindowDays: number): Promise<void>
}

export interface ListFilter {
  readonly tagValuePrefix: string
}

export interface ListPage {
  readonly secrets: readonly Live[]
  readonly next?: string
}
