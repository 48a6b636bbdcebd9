import type { Intent, Pin } from '../core/audit/intent.ts'
import type { Config } from '../core/config/config.ts'
import type { Drift } from '../core/drift/list-drift.ts'
import type { ErrorCode, SyncError } from '../core/errors.ts'
import type { Outcome, Plan } from '../core/plan/plan.ts'
import type { Poke } from '../core/poke.ts'
import type { Revision } from '../core/source/source.ts'
import type { ConfigHead, LookMark } from '../core/state/records.ts'
import type { IsoTime } from '../core/time.ts'
import type { VariedSubject } from './resolve/load-variables.ts'
import type { OpenedManifest, Subject } from './resolve/open-config.ts'

/**
 * One look at one config: what asked for it, and the head and the intent that it found. Instants are milliseconds
 * since the epoch.
 */
export interface Look {
  readonly poke: Poke
  readonly startedAt: number
  /** When the time of the function is over. */
  readonly deadlineAt: number
  readonly head: ConfigHead | null
  /** Only where it is in force. */
  readonly intent: Intent | null
}

/** What a look has found out so far; where it fails, the record of the failure says as much. */
export interface Progress {
  opened?: OpenedManifest
  config?: Config
  subject?: Subject
  specDigest?: string
  optionDigest?: string
  revision?: Revision
  /** When `revision` was found, where it was. */
  resolvedAt?: IsoTime
  /** The head as this look has written it, once it has begun to publish. */
  begun?: ConfigHead
}

/** What a look is for: a config at one revision. */
export type Target = SourceTarget | PinnedTarget

interface TargetOf {
  readonly config: Config
  readonly opened: OpenedManifest
  readonly mark: LookMark
  /** When the revision was found: what was pushed later, the look has not seen. */
  readonly resolvedAt: IsoTime
}

/** The revision that a source has now. */
export interface SourceTarget extends TargetOf {
  readonly subject: VariedSubject
}

/** A point of the history of the config: no source is asked for it. */
export interface PinnedTarget extends TargetOf {
  readonly pin: Pin
}

/** How a look ended. Holds names, version ids and codes; it may be printed and stored as it is. */
export interface SyncReport {
  readonly configId: string
  readonly result: ErrorCode | 'ReconciliationSucceeded' | 'Unchanged' | 'Planned'
  readonly revision: Revision | null
  readonly plan?: Plan
  readonly outcomes: readonly Outcome[]
  /** What somebody else had changed; none where the config does not ask for it. */
  readonly drift?: readonly Drift[]
  /** The branch went back to a commit that was published before. */
  readonly isRewound?: boolean
  readonly error?: SyncError
}

/** The report of a look that had nothing to do. */
export function reportUnchanged(look: Look, revision: Revision | null = null): SyncReport {
  return { configId: look.poke.id, result: 'Unchanged', revision, outcomes: [] }
}
