import type { ConfigId } from '../config/config.ts'
import type { ErrorCode } from '../errors.ts'
import type { SecretName, Tags, VersionId } from '../secrets/desired.ts'
import type { Revision } from '../source/source.ts'
import type { IsoTime } from '../time.ts'
import type { Cost } from './cost/estimate-cost.ts'
import type { Move } from './prune/find-moves.ts'

/** Who wrote a secret, as its tags say; `valid` is false for a copied or forged mark. */
export interface Owner {
  readonly deployment: string
  readonly configId: ConfigId
  readonly valid: boolean
}

/** One secret as the store has it. No value is ever read for it. */
export interface Live {
  readonly name: SecretName
  /** The version that carries AWSCURRENT. */
  readonly current?: VersionId
  readonly previous?: VersionId
  /** The versions that carry staging labels; the store may know more, which it does not show. */
  readonly versions: ReadonlyMap<VersionId, readonly string[]>
  readonly tags: Tags
  /** Absent for the default key of the store. */
  readonly kmsKeyId?: string
  readonly description?: string
  /** Copies in other regions; absent where they were not looked at: no list shows them. */
  readonly replicas?: readonly Replica[]
  /** When the scheduled deletion happens. */
  readonly deletionAt?: IsoTime
  /** Who else writes the secret, so that it is not ours to write. */
  readonly managedElsewhere?: OtherWriter
  /** What only a parameter has. */
  readonly parameter?: ParameterFacts
}

/** The version number of a parameter, and its type: String, SecureString or StringList. */
export interface ParameterFacts {
  readonly number: number
  readonly type: string
}

/** A copy of a secret in another region. */
export interface Replica {
  readonly region: string
  readonly state: 'in-sync' | 'in-progress' | 'failed'
}

/** A rotation function, the primary region of a replica, or an AWS service. */
export type OtherWriter = 'rotation' | 'replica' | 'service'

/** Why a change is planned. */
export type Reason =
  | 'missing'
  | 'value-changed'
  | 'version-known'
  | 'version-pinned'
  | 'scheduled-for-deletion'
  | 'listed-for-adoption'
  | 'tags-changed'
  | 'key-changed'
  | 'description-changed'
  | 'replica-missing'
  | 'replica-failed'
  | 'replica-unwanted'
  | 'no-longer-wanted'
  | 'moved'

/** Why a secret of a wanted name is left alone. */
export type ConflictReason =
  | OtherWriter
  | 'not-marked'
  | 'mark-invalid'
  | 'other-config'
  | 'other-deployment'
  | 'adopted-version-differs'
  | 'type-differs'
  | 'replica-failed'
  | UnavailableReason

/**
 * Why a secret cannot go back to a version: the store has dropped it, made it anew, or shows the service none but the
 * present one; or the secret is gone.
 */
export type UnavailableReason = 'version-expired' | 'version-rewritten' | 'version-unreadable' | 'secret-gone'

interface ChangeOf<Action extends string> {
  readonly action: Action
  readonly name: SecretName
  readonly because: Reason
}

/** One step towards what Git says. Holds names and version ids, never a value. */
export type Change =
  | (ChangeOf<'create'> & { readonly versionId: VersionId })
  | (ChangeOf<'update'> & { readonly versionId: VersionId; readonly from?: VersionId })
  | (ChangeOf<'relabel'> & { readonly versionId: VersionId; readonly from?: VersionId })
  | ChangeOf<'restore'>
  /** Marks a foreign secret as ours, if it still has the version `at`. */
  | (ChangeOf<'adopt'> & { readonly at: VersionId })
  /** Sets what is given and leaves the rest. */
  | (ChangeOf<'amend'> & { readonly description?: string; readonly kmsKeyId?: string })
  | ChangeOf<'retag'>
  | (ChangeOf<'replicate'> & { readonly regions: readonly string[] })
  | (ChangeOf<'unreplicate'> & { readonly regions: readonly string[] })
  | (ChangeOf<'delete'> & {
      readonly recoveryWindowDays: number
      /** Where the value is now: the secret goes only once that is there. */
      readonly movedTo?: readonly SecretName[]
    })
  | {
      readonly action: 'conflict'
      readonly name: SecretName
      readonly because: ConflictReason
      readonly code: ErrorCode
      /** The config that has marked the secret; a hash stands for a long id. */
      readonly owner?: ConfigId
      /** What an adoption would have to name: the version id of a secret, the version number of a parameter. */
      readonly at?: string
    }

/** What one sync would do. It is logged, stored and returned as it is. */
export interface Plan {
  readonly configId: ConfigId
  readonly revision: Revision
  readonly changes: readonly Change[]
  readonly unchanged: number
  /** Absent where the config goes back to a point of its history. */
  readonly cost?: Cost
  /** Secrets that Git lists and disables; nothing is published or deleted for them. */
  readonly disabled: readonly SecretName[]
  /** Secrets that differ from Git and stay so, since the config says `triggerUpdate: false`; absent without any. */
  readonly held?: readonly SecretName[]
  /** Where the config stays at a point of its history, whatever Git says. */
  readonly pinned?: Pinned
  /** Secrets in an account and region that the config has left: they stay as they are. Absent without any. */
  readonly leftBehind?: readonly {
    readonly account: string
    readonly region: string
    readonly names: readonly SecretName[]
  }[]
  /** Absent where Git names every secret of the config, and with `prune: off`. */
  readonly pruning?: Pruning
}

/** The entry of the history that a config goes back to. */
export interface Pinned {
  readonly entryAt: IsoTime
  /** Secrets that came later: they stay as they are. */
  readonly later: readonly SecretName[]
}

/** What becomes of the secrets of a config that Git no longer names. */
export interface Pruning {
  readonly unwanted: readonly SecretName[]
  /** Those of them that have another name now, since prefix, template or layout have changed; absent without any. */
  readonly moves?: readonly Move[]
  /** SHA-256, hex, of what is to be deleted: an approval repeats it. */
  readonly digest: string
  /** Deletions over seven days, these included. */
  readonly deletions: number
  /** The most secrets that the config had in that time. */
  readonly most: number
  /** Why they stay; absent where the plan deletes them. */
  readonly held?: Hold
}

/**
 * Why unwanted secrets stay: the config says so; another change comes first; the config was made anew; or a brake, as
 * too large a share would go within seven days, or the last secret.
 */
export type Hold = 'report' | 'conflict' | 'new-uid' | 'share' | 'last-secret'

/** What became of one change. */
export interface Outcome {
  readonly change: Change
  readonly result: 'applied' | 'failed' | 'deferred' | 'skipped'
  readonly versionId?: VersionId
  readonly code?: ErrorCode
  /** What the service was not allowed to do, as IAM names it. */
  readonly deniedAction?: string
}
