import { isSyncError, type SyncError } from '../../core/errors.ts'
import type { ConfigHead } from '../../core/state/records.ts'
import { saysTheSame } from '../../core/state/same-head.ts'
import { findNextDue } from '../../core/status/next-due.ts'
import type { ConfigStatus } from '../../core/status/status.ts'
import { summarizeFailure, summarizeSuspension } from '../../core/status/summarize.ts'
import { formatTime, type IsoTime, parseTime } from '../../core/time.ts'
import { createHead } from '../apply/begin-sync.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, Progress, SyncReport } from '../look.ts'
import { describeWatching } from '../resolve/watch-source.ts'
import { answerRequest } from './answer-request.ts'
import { appendHistory } from './append-history.ts'
import { describeTrigger, showStatus } from './show-status.ts'
import { tellEnd } from './tell-end.ts'

interface Failure {
  readonly progress: Progress
  readonly error: SyncError
}

/**
 * Writes why a look came to nothing and when the next one is due. What says nothing new (a config that stays
 * suspended or stalled) is not written again.
 * @throws {SyncError} StateConflict, StateUnavailable, StateTooNew: then the message comes back
 */
export async function recordFailure(
  dependencies: SyncDependencies,
  look: Look,
  { progress, error }: Failure,
): Promise<SyncReport> {
  const { state } = dependencies
  const { code: result } = error
  const revision = progress.revision ?? null
  const report: SyncReport = { configId: look.poke.id, result, revision, outcomes: [], error }
  // Nothing can be recorded. What this release cannot read, it leaves to the newer one, a request and its answer too.
  if (error.disposition === 'return' || isSyncError(error, 'StateConflict', 'StateUnavailable')) throw error
  const before = progress.begun ?? look.head
  const head = createFailedHead(dependencies, look, { progress, error })
  if (leavesNoRecord(look, error) || (before && saysTheSame(before, head))) {
    await answerRequest(dependencies, look, report)
    if (before && progress.opened) await showStatus(dependencies, progress.opened, before)
    return report
  }
  const historyAt = await appendHistory(dependencies, look, {
    requestId: look.poke.requestId,
    trigger: look.poke.trigger,
    revision,
    result,
    inventory: [],
    changes: { outcomes: [], inventory: [] },
  })
  // While a run is to be accounted for, the history is ahead of the inventory: none of it is confirmed.
  const isAhead = head.lease !== undefined || historyAt === undefined
  await state.writeHead(isAhead ? head : { ...head, historyAt }, before)
  await tellEnd(dependencies, look, { report, head, opened: progress.opened })
  return report
}

/** Whether somebody is only told: of a plan, of a config that nobody has heard of, and while others write the head. */
function leavesNoRecord({ poke, head }: Look, error: SyncError): boolean {
  if (poke.planOnly || (head === null && error.disposition === 'reject')) return true
  // Another run is at work: what it writes is newer than what is known here.
  return isSyncError(error, 'LeaseHeld')
}

function createFailedHead({ clock }: SyncDependencies, look: Look, { progress, error }: Failure): ConfigHead {
  const now = clock.now()
  const {
    nextDueAt: _,
    intentId: __,
    handledReconcileAt: ___,
    ...before
  } = endLease(progress.begun) ?? look.head ?? createHead(look)
  const { subject, revision, specDigest = '', optionDigest = '' } = progress
  const attempt = (look.head?.attempt ?? 0) + 1
  const nextDueAt =
    findNextDue([error.code], { attempt, now, chance: clock.random() }) ?? findLeaseEnd(before.lease, now)
  return {
    ...before,
    status: summarize(look, formatTime(now), { progress, error }),
    attempted: { specDigest, optionDigest, ...(revision ? { revision } : {}) },
    attempt,
    ...(nextDueAt === undefined ? {} : { nextDueAt }),
    lookedAt: progress.resolvedAt ?? formatTime(look.startedAt),
    ...(look.intent ? { intentId: look.intent.requestId } : {}),
    ...describeTrigger(progress.opened),
    ...(subject ? { watching: describeWatching(subject) } : {}),
  }
}

/** A run that is over holds nobody up. What it may have written stays listed until a record has accounted for it. */
function endLease(begun: ConfigHead | undefined): ConfigHead | undefined {
  const lease = begun?.lease
  return lease ? { ...begun, lease: { ...lease, until: formatTime(0) } } : begun
}

/** When another run that may have died is to be accounted for; a look that does nothing itself is no reason not to. */
function findLeaseEnd(lease: ConfigHead['lease'], now: number): IsoTime | undefined {
  return lease && parseTime(lease.until) > now ? lease.until : undefined
}

function summarize({ head, intent }: Look, at: IsoTime, { progress, error }: Failure): ConfigStatus {
  const occasion = { before: head?.status, at }
  const generation = progress.config?.generation
  const seen = generation === undefined ? occasion : { ...occasion, observedGeneration: generation }
  const isSuspended = isSyncError(error, 'ConfigSuspended', 'SourceSuspended')
  return isSuspended ? summarizeSuspension(seen, error, intent) : summarizeFailure(seen, error)
}
