import { countDrift, type Drift } from '../drift/list-drift.ts'
import type { ErrorCode } from '../errors.ts'
import type { Outcome, Plan } from '../plan/plan.ts'
import { isBraked } from '../plan/prune/brake.ts'
import type { Revision } from '../source/source.ts'
import type { ConfigHead } from '../state/records.ts'
import type { SyncEvent } from './sync-event.ts'

/** How a sync ended. */
export interface EndedRun {
  readonly result: ErrorCode | 'ReconciliationSucceeded' | 'Unchanged' | 'Planned'
  readonly revision: Revision | null
  readonly plan?: Plan
  readonly outcomes: readonly Outcome[]
  readonly drift?: readonly Drift[]
  /** The branch went back to a commit that was published before. */
  readonly isRewound?: boolean
}

export type EventDraft = Pick<SyncEvent, 'kind' | 'code' | 'counts'>

/** Results that say that the rest follows, or that a person wants it so: they are no failures. */
const expected: ReadonlySet<EndedRun['result']> = new Set([
  'ReconciliationSucceeded',
  'Unchanged',
  'Planned',
  'PruneBraked',
  'DeadlineReached',
  'WriteDeferred',
  'ConfigSuspended',
  'SourceSuspended',
])

/** The events of a sync, given the head from before it: what failed or waits as it did before is told once. */
export function listEvents(before: ConfigHead | null, run: EndedRun): readonly EventDraft[] {
  const { result, revision, plan, outcomes, drift = [] } = run
  const counts = countOutcomes(outcomes)
  const drafts: EventDraft[] = []
  if (run.isRewound) drafts.push({ kind: 'rewound', counts: {} })
  if (drift.length > 0) drafts.push({ kind: 'drifted', counts: countDrift(drift) })
  if (result === 'ReconciliationSucceeded' && (outcomes.length > 0 || !isApplied(before, revision))) {
    drafts.push({ kind: 'synced', counts: { ...counts, unchanged: plan?.unchanged ?? 0 } })
  }
  if (isError(result) && isNews(before, run)) {
    drafts.push({ kind: result === 'HistoryRewound' ? 'rewound' : 'failed', code: result, counts })
  }
  const { pruning } = plan ?? {}
  if (pruning && isBraked(pruning) && isNews(before, { result: 'PruneBraked', revision })) {
    const { deletions, most, unwanted } = pruning
    drafts.push({
      kind: 'braked',
      code: 'PruneBraked',
      counts: { deletions, most, waiting: unwanted.length },
    })
  }
  const { delete: deleted = 0 } = counts
  if (deleted > 0) drafts.push({ kind: 'pruned', counts: { deletions: deleted } })
  return drafts
}

function isError(result: EndedRun['result']): result is ErrorCode {
  return !expected.has(result)
}

function isNews(
  head: ConfigHead | null,
  { result, revision }: Pick<EndedRun, 'result' | 'revision'>,
): boolean {
  const reason = head?.status.conditions.find(({ type }) => type === 'Ready')?.reason
  return reason !== result || head?.attempted?.revision?.commit !== revision?.commit
}

function isApplied(head: ConfigHead | null, revision: Revision | null): boolean {
  return head?.applied?.revision.commit === revision?.commit
}

/** Applied changes by action, and how many others by their result. */
function countOutcomes(outcomes: readonly Outcome[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const { change, result } of outcomes) {
    const key = result === 'applied' ? change.action : result
    counts[key] = (counts[key] ?? 0) + 1
  }
  return counts
}
