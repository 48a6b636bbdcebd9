import type { Actor } from '../audit/actor.ts'
import type { Pin } from '../audit/intent.ts'
import type { Adoption, ConfigId } from '../config/config.ts'
import type { DriftKind, Finding } from '../drift/finding.ts'
import type { SeenByConfig } from '../drift/sweep-tally.ts'
import type { ErrorCode } from '../errors.ts'
import type { WriteBucket } from '../plan/pace/write-bucket.ts'
import type { Change, Outcome, Plan } from '../plan/plan.ts'
import type { PrunedDay } from '../plan/prune/pruned-days.ts'
import type { Trigger } from '../poke.ts'
import type { Origin, SecretName, VersionId } from '../secrets/desired.ts'
import type { CredentialRef, Ref, Revision } from '../source/source.ts'
import type { ConfigStatus } from '../status/status.ts'
import type { IsoTime } from '../time.ts'

/** The layout that this release reads and writes; what is newer is left alone (`StateTooNew`). */
export const stateSchema = 1

/** What a look was made for: equal marks mean that there is nothing new to do. */
export interface LookMark {
  readonly revision: Revision
  readonly specDigest: string
  /** SHA-256 of what else decides the result: deployment, source, release of the build. */
  readonly optionDigest: string
}

/** A run that has begun to write: what is left of it when it ends before its record. */
export interface Lease {
  /** Its request. */
  readonly holder: string
  readonly trigger: Trigger
  readonly until: IsoTime
  readonly revision: Revision
  readonly writes: readonly LeasedWrite[]
  /** Where it writes; absent where an earlier release has written the lease. */
  readonly place?: LeasedPlace
  /** The request of the run that began, while another one accounts for it. */
  readonly begunBy?: string
}

/** An account and a region, and by which right it is written to. */
export interface LeasedPlace {
  readonly account: string
  readonly region: string
  readonly roleArn?: string
}

/** One secret that a run may have written. */
export interface LeasedWrite {
  readonly name: SecretName
  /** The version that was to be current; absent where the run was about something else. */
  readonly versionId?: VersionId
  /** The version that was current; only of a secret that belongs to a group, which is published as a whole. */
  readonly from?: VersionId
  /** Whether it was to be taken away. */
  readonly isDeletion?: true
}

/** The head item of a config. */
export interface ConfigHead {
  readonly schema: number
  readonly id: ConfigId
  readonly uid?: string
  readonly status: ConfigStatus
  /** The last look that ended with every secret as Git says. */
  readonly applied?: LookMark & { readonly appliedAt: IsoTime }
  /** The last look, whatever became of it; without a revision where none was found. */
  readonly attempted?: Omit<LookMark, 'revision'> & { readonly revision?: Revision }
  /** Where it publishes to; absent until it has. */
  readonly publishing?: Publishing
  /** The repository partition that lists this config. */
  readonly watching?: { readonly repositoryKey: string; readonly watcher: Watcher }
  /** Failed looks in a row. */
  readonly attempt: number
  /** When the schedule pokes the config; absent while nothing is due. */
  readonly nextDueAt?: IsoTime
  /** When the last look that wrote this head began. */
  readonly lookedAt?: IsoTime
  /** When copies in other regions are looked at next; absent for a config that wants none. */
  readonly replicasDueAt?: IsoTime
  readonly lease?: Lease
  /** The value of the resource's annotation that asks for a look, as of the last look. */
  readonly handledReconcileAt?: string
  /** The request behind the intent that the last look obeyed; absent where none was in force. */
  readonly intentId?: string
  /** `at` of the newest entry of the history that counts; a later one was added by a run that ended early. */
  readonly historyAt?: IsoTime
  /** The secrets it wants that another config of the deployment has marked, as of the last plan; absent without any. */
  readonly ownedElsewhere?: readonly OwnedElsewhere[]
  /** What it has written in places that it publishes to no more; absent without any. */
  readonly leftBehind?: readonly LeftBehind[]
  /** What prune has taken away within the last days. */
  readonly pruned?: readonly PrunedDay[]
  /** Names which lists of inventory and deps are in force; it only ever grows. */
  readonly generation: number
}

/** A secret that two configs want. */
export interface OwnedElsewhere {
  readonly name: SecretName
  /** Whose mark it carries; a hash stands for a long id. */
  readonly owner: ConfigId
}

/** The secrets of a config in an account and region that it has left. */
export interface LeftBehind {
  readonly account: string
  readonly region: string
  readonly roleArn?: string
  readonly secrets: readonly Pick<InventoryEntry, 'name' | 'versionId' | 'writtenAt'>[]
}

/** Where a config publishes to, and how often that is compared with what it has written. */
export interface Publishing {
  /** Configs of equal ones share a listing; `<account>/<region>`, and a hash where a role lists. */
  readonly sweepId: string
  readonly region: string
  readonly roleArn?: string
  readonly reconcileIntervalMs: number
  /** How many secrets the inventory has. */
  readonly secrets: number
}

/** A listing that ran out of time, for the next run to go on with. */
export interface SweepProgress {
  readonly id: string
  readonly startedAt: IsoTime
  /** Of the store: where the next page begins. */
  readonly nextPage: string
  readonly seen: SeenByConfig
}

/** One secret that a config has written. */
export interface InventoryEntry {
  readonly name: SecretName
  readonly versionId: VersionId
  readonly writtenAt: IsoTime
  /** Of the config that wanted it last. */
  readonly uid?: string
  /** Where Git had the value when it was wanted last. */
  readonly origin?: Origin
  /** What the last look has found instead, and left so. */
  readonly drift?: Finding
  /** Git does not name it and it is ending, as the history says: it stays listed for the approval that names it. */
  readonly isEnded?: true
  /** How many versions it was given lately, and how often it was made again though Git had not changed it. */
  readonly versions?: WriteBucket
  readonly repairs?: WriteBucket
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
  readonly credentials?: CredentialRef
  readonly pullIntervalMs: number
}

/** Where a ref pointed when a repository was looked at. */
export interface ResolvedRef {
  readonly revision: Revision
  /** When the look that found it began. */
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
  /** Whom the payload names as the one who pushed, and where it says that the refs are now. */
  readonly actor?: Actor
  readonly commits?: readonly string[]
  readonly result: 'queued' | 'ignored'
}

/** One line of a config's history; append only. */
export interface HistoryEntry {
  readonly id: ConfigId
  /** Later than that of every entry before. */
  readonly at: IsoTime
  readonly requestId: string
  readonly trigger: Trigger
  readonly actor?: Actor
  readonly revision: Revision | null
  readonly result: ErrorCode | 'ReconciliationSucceeded'
  readonly outcomes: readonly HistoryOutcome[]
}

export interface HistoryOutcome {
  /**
   * `found`: the secret was as Git says already, though the config had not written it so. `drifted`: somebody else has
   * changed it, and it stays so. `released`: Git does not name it, and somebody else has ended it or taken it over.
   */
  readonly action: Change['action'] | 'found' | 'drifted' | 'released'
  readonly name: SecretName
  readonly result: Outcome['result']
  readonly versionId?: VersionId
  /** The version that the config had written before. */
  readonly from?: VersionId
  /** In what way somebody else had changed the secret before. */
  readonly drift?: DriftKind
  /** Where the value comes from. */
  readonly origin?: Origin
  readonly code?: ErrorCode
}

/** What somebody asked for through the API, and the answer. */
export interface RequestRecord {
  readonly requestId: string
  readonly configId: ConfigId
  readonly kind: 'sync' | 'plan' | 'suspend' | 'resume' | 'rollback' | 'prune' | 'adopt'
  readonly actor?: Actor
  readonly requestedAt: IsoTime
  readonly state: 'queued' | 'done' | 'failed'
  /** The point of the history that a plan is asked for as if the config went back to it. */
  readonly pin?: Pin
  /** What is to be taken over. */
  readonly adoption?: Adoption
  readonly plan?: Plan
  readonly result?: ErrorCode | 'ReconciliationSucceeded'
  readonly message?: string
}
