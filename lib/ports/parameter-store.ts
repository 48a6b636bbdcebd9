import type { Live } from '../core/plan/plan.ts'
import type { SecretValue } from '../core/secret-value.ts'
import type { ParameterKind, SecretName, Tags, VersionId } from '../core/secrets/desired.ts'
import type { IsoTime } from '../core/time.ts'
import type { StorePlace, StoreTarget } from './store-place.ts'

/** One version of a parameter; names are those of secrets and parameters together, `ssm:/…`. */
export interface NewParameter {
  readonly name: SecretName
  readonly versionId: VersionId
  readonly value: SecretValue
  readonly kind: ParameterKind
  /** Of a SecureString; absent for the default key of the account, or the one that the parameter has. */
  readonly kmsKeyId?: string
}

/**
 * Parameters of one account and region, with the lifecycle of SSM Parameter Store: a version number that grows with
 * each write, a hundred former versions, two tiers, no recovery. Values go in and never come out. What holds a version id
 * is its note, written with the value, so that the number shows whether anybody else has written since.
 */
export interface ParameterStore {
  readonly target: StoreTarget
  /** One parameter as it is now, `current` being the id of its version; `null` where there is none. */
  describe(name: SecretName): Promise<Live | null>
  /**
   * The ids of the versions of those that exist, by name; who they belong to is not looked at. Names that are asked for
   * together share calls.
   */
  readVersions(names: readonly SecretName[]): Promise<ReadonlyMap<SecretName, VersionId>>
  /** @throws {SyncError} SecretExists, ParameterNameInvalid, ParameterTooLarge, SecretEmpty, SecretTagsInvalid */
  create(parameter: NewParameter & { readonly tags: Tags }): Promise<void>
  /**
   * Replaces the value; an advanced parameter stays one, and a key that is not named stays.
   * @throws {SyncError} SecretNotFound, StageMoved where somebody else writes at the same time, and as `create`
   */
  put(parameter: NewParameter): Promise<void>
  /**
   * The ids of the versions that the store still has, with the time since when it has had each.
   * @throws {SyncError} SecretNotFound, StoreAccessDenied where the service may not look at former versions
   */
  listVersions(name: SecretName): Promise<ReadonlyMap<VersionId, IsoTime>>
  /**
   * Writes the value of a former version once more, if the present one is still `from`; type, tier and key stay. The
   * oldest counts where several have the id. The value does not leave the store.
   * @throws {SyncError} SecretNotFound, StageMoved, VersionExpired where the store has no such version any more
   */
  rewrite(name: SecretName, to: VersionId, from: VersionId): Promise<void>
  /** Sets these tags and leaves others. @throws {SyncError} SecretNotFound, SecretTagsInvalid */
  tag(name: SecretName, tags: Tags): Promise<void>
  /** Ends the parameter at once; changes nothing where there is none. */
  remove(name: SecretName): Promise<void>
}

/** Opens the parameters of the place that a config publishes to. */
export type ParameterStores = (place: StorePlace) => Promise<ParameterStore>
