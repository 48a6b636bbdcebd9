import { parseConfigId } from '../core/config/config-id.ts'
import type { Outcome } from '../core/plan/plan.ts'
import type { HistoryEntry, HistoryOutcome } from '../core/state/records.ts'
import type { ConfigStatus } from '../core/status/status.ts'
import { formatTime } from '../core/time.ts'
import { answerRequest } from './answer-request.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Look, SyncReport } from './look.ts'

/** Adds a sync to the history of its config, before the head says that it is done. */
export async function appendNews(
  { state, clock }: Pick<SyncDependencies, 'state' | 'clock'>,
  look: Look,
  report: SyncReport,
): Promise<void> {
  if (isNews(look, report)) await state.appendHistory(createHistoryEntry(look, report, clock.now()))
}

/** Tells everybody who waits for it how a sync ended: the request behind it, the resource, the metrics. */
export async function tellEnd(
  dependencies: SyncDependencies,
  look: Look,
  { report, status }: { readonly report: SyncReport; readonly status: ConfigStatus },
): Promise<void> {
  const { configSources } = dependencies
  await answerRequest(dependencies, look, report)
  const { source, namespace, name } = parseConfigId(look.poke.id)
  await configSources.find((candidate) => candidate.name === source)?.writeStatus({ namespace, name }, status)
  measureEnd(dependencies, look, report)
}

/** A failure that repeats at the same revision is in the history already. */
function isNews({ head }: Look, { result, revision, outcomes }: SyncReport): boolean {
  const before = head?.status.conditions.find(({ type }) => type === 'Ready')?.reason
  return outcomes.length > 0 || before !== result || head?.attempted?.revision?.commit !== revision?.commit
}

function createHistoryEntry(look: Look, report: SyncReport, now: number): HistoryEntry {
  const { result } = report
  return {
    id: look.poke.id,
    at: formatTime(now),
    requestId: look.poke.requestId,
    trigger: look.poke.trigger,
    revision: report.revision,
    result: result === 'Unchanged' || result === 'Planned' ? 'ReconciliationSucceeded' : result,
    outcomes: report.outcomes.map(describeOutcome),
  }
}

function describeOutcome({ change, result, versionId, code }: Outcome): HistoryOutcome {
  return {
    action: change.action,
    name: change.name,
    result,
    ...(versionId === undefined ? {} : { versionId }),
    ...(code === undefined ? {} : { code }),
  }
}

function measureEnd({ telemetry, clock }: SyncDependencies, look: Look, report: SyncReport): void {
  telemetry.measure('SyncDuration', clock.now() - look.startedAt)
  const applied = report.outcomes.filter(({ result }) => result === 'applied')
  telemetry.measure('ChangesApplied', applied.length)
  telemetry.measure('ChangesFailed', report.outcomes.length - applied.length)
  if (report.error) telemetry.measure('SyncFailed', 1, { name: 'code', value: report.error.code })
  if (applied.length > 0) telemetry.measure('PushToCurrent', clock.now() - Date.parse(look.poke.requestedAt))
}
