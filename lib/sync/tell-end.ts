import { parseConfigId } from '../core/config/config-id.ts'
import type { ConfigStatus } from '../core/status/status.ts'
import { answerRequest } from './answer-request.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Look, SyncReport } from './look.ts'

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

function measureEnd({ telemetry, clock }: SyncDependencies, look: Look, report: SyncReport): void {
  telemetry.measure('SyncDuration', clock.now() - look.startedAt)
  const applied = report.outcomes.filter(({ result }) => result === 'applied')
  telemetry.measure('ChangesApplied', applied.length)
  telemetry.measure('ChangesFailed', report.outcomes.length - applied.length)
  if (report.error) telemetry.measure('SyncFailed', 1, { name: 'code', value: report.error.code })
  if (applied.length > 0) telemetry.measure('PushToCurrent', clock.now() - Date.parse(look.poke.requestedAt))
}
