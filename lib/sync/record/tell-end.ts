import type { DriftKind } from '../../core/drift/finding.ts'
import { countDrift } from '../../core/drift/list-drift.ts'
import type { ErrorCode } from '../../core/errors.ts'
import type { Metric } from '../../core/metric.ts'
import type { Outcome } from '../../core/plan/plan.ts'
import { formatRevision } from '../../core/source/revision.ts'
import type { ConfigHead } from '../../core/state/records.ts'
import type { Telemetry } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, SyncReport } from '../look.ts'
import type { OpenedManifest } from '../resolve/open-config.ts'
import { answerRequest } from './answer-request.ts'
import { notifyEnd } from './notify-end.ts'
import { showStatus } from './show-status.ts'

/** Tells everybody who waits for it how a sync ended: the request behind it, the resource, the metrics, the
 * event bus. */
export async function tellEnd(
  dependencies: SyncDependencies,
  look: Look,
  {
    report,
    head,
    opened,
  }: { readonly report: SyncReport; readonly head: ConfigHead; readonly opened: OpenedManifest | undefined },
): Promise<void> {
  await answerRequest(dependencies, look, { ...report, description: head.status.description })
  if (opened) await showStatus(dependencies, opened, head)
  measureEnd(dependencies, look, report)
  await notifyEnd(dependencies, look, report)
}

const changeMetrics = [
  ['applied', 'ChangesApplied'],
  ['failed', 'ChangesFailed'],
  ['deferred', 'ChangesDeferred'],
] as const satisfies readonly (readonly [Outcome['result'], Metric])[]

function measureEnd({ telemetry, clock }: SyncDependencies, look: Look, report: SyncReport): void {
  telemetry.measure('SyncDuration', clock.now() - look.startedAt)
  for (const [result, metric] of changeMetrics) {
    const outcomes = report.outcomes.filter((outcome) => outcome.result === result)
    for (const [action, { length }] of Map.groupBy(outcomes, ({ change }) => change.action)) {
      telemetry.measure(metric, length, { name: 'action', value: action })
    }
  }
  measureDrift(telemetry, look, report)
  for (const code of listCodes(report)) telemetry.measure('SyncFailed', 1, { name: 'code', value: code })
  const isApplied = report.outcomes.some(({ result }) => result === 'applied')
  // What was found by a sweep or by the schedule was pushed at another time, or not at all.
  const isPushed = look.poke.trigger !== 'drift' && look.poke.trigger !== 'schedule'
  if (isApplied && isPushed)
    telemetry.measure('PushToCurrent', clock.now() - Date.parse(look.poke.requestedAt))
}

/** Why a sync, or changes of it, failed; each code once. What merely waits for its turn is counted as deferred. */
function listCodes({ error, outcomes }: SyncReport): ReadonlySet<ErrorCode> {
  if (error) return new Set([error.code])
  return new Set(outcomes.flatMap(({ result, code }) => (result === 'failed' && code ? [code] : [])))
}

const driftKinds: readonly DriftKind[] = ['edited', 'missing', 'ending']

function measureDrift(telemetry: Telemetry, { poke }: Look, { drift = [], revision }: SyncReport): void {
  if (drift.length === 0) return
  const { repaired, ...found } = countDrift(drift)
  telemetry.log('warn', 'drift found', {
    configId: poke.id,
    requestId: poke.requestId,
    ...(revision ? { revision: formatRevision(revision) } : {}),
    step: 'record',
    counts: { ...found, repaired },
  })
  for (const kind of driftKinds) {
    if (found[kind] > 0) telemetry.measure('DriftFound', found[kind], { name: 'kind', value: kind })
  }
  telemetry.measure('DriftRepaired', repaired)
}
