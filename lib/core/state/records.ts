import type { ConfigId } from '../config/config.ts'
import type { ErrorCode } from '../errors.ts'
import type { Change, Outcome, Plan } from '../plan/plan.ts'
import type { Trigger } from '../poke.ts'
import type { SecretName, VersionId } from '../secrets/desired.ts'
import type { Ref, Revision } from '../source/source.ts'
import type { ConfigStatus } from '../status/status.ts'
import type { IsoTime } from '../time.ts'

/** The layout that this release reads and writes; what is newer is left alone (`StateTooNew`). */
export const stateSchema = 1

/** What was applied last, and by which options. */
export interface Applied {
  readonly revision: Revision
  readonly specDigest: string
  /** SHA-256 of what else decides the result: release, account, version key id, source spec. */
  readonly optionDigest: string
  readonly appliedAt: IsoTime
}

/** A run that has begun to write. */
export interface Lease {
  readonly holder: string
  readonly until: IsoTime
  readonly revision: Revision
  /** The names that this run may have written. */
  readonly names: readonly SecretName[]
}

/** The head item of a config. */
export interface ConfigHead {
  readonly schema: number
  readonly id: ConfigId
  readonly uid?: string
  readonly status: ConfigStatus
  readonly applied?: Applied
  /** The revision of the last look, whatever became of it. */
  readonly attempted?: Revision
  /** Failed looks in a row. */
  readonly attempt: number
  /** When the schedule pokes the config; absent while nothing is due. */
  readonly nextDueAt?: IsoTime
  /** When the last look that wrote this head began. */
  readonly lookedAt?: IsoTime
  readonly lease?: Lease
  /** Names which lists of inventory and deps are in force. */
  readonly generation: number
}

/** One secret that a config has written. */
export interface InventoryEntry {
  readonly name: SecretName
  readonly versionId: VersionId
  readonly writtenAt: IsoTime
}

/** One path that a build read or looked for, with the object id it had; `null` where it was absent. */
export interface Dependency {
  readonly path: string
  readonly oid: string | null
}

/** A config that follows a repository, as the repository's partition lists it. */
export interface Watcher {
  readonly configId: ConfigId
  readonly ref: Ref
  readonly url: string
}

/** Where a ref pointed when a repository was looked at. */
export interface ResolvedRef {
  readonly commit: string
  readonly resolvedAt: IsoTime
}

/** What became of a webhook delivery. */
export interface Delivery {
  readonly hash: string
  readonly host: string
  readonly event: string
  readonly receivedAt: IsoTime
  readonly repositories: readonly string[]
  readonly requestId: string
  readonly result: 'queued' | 'ignored'
}

/** One line of a config's history; append only. */
export interface HistoryEntry {
  readonly id: ConfigId
  readonly at: IsoTime
  readonly requestId: string
  readonly trigger: Trigger
  readonly revision: Revision | null
  readonly result: ErrorCode | 'ReconciliationSucceeded'
  readonly outcomes: readonly HistoryOutcome[]
}

export interface HistoryOutcome {
  readonly action: Change['action']
  readonly name: SecretName
  readonly result: Outcome['result']
  readonly versionId?: VersionId
  readonly code?: ErrorCode
}

/** What somebody asked for through the API, and the answer. */
export interface RequestRecord {
  readonly requestId: string
  readonly configId: ConfigId
  readonly kind: 'sync' | 'plan'
  readonly requestedAt: IsoTime
  readonly state: 'queued' | 'done' | 'failed'
  readonly plan?: Plan
  readonly result?: ErrorCode | 'ReconciliationSucceeded'
  readonly message?: string
}
