import type { RequestRecord } from '../core/state/records.ts'
import { formatExpiry } from '../core/state/retention.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Look, SyncReport } from './look.ts'

/** Writes the answer of a manual poke, for `GET /requests/{id}`; other pokes have nobody who waits. */
export async function answerRequest(
  { state, clock }: Pick<SyncDependencies, 'state' | 'clock'>,
  { poke }: Pick<Look, 'poke'>,
  report: SyncReport,
): Promise<void> {
  if (poke.trigger !== 'manual') return
  const asked = await state.readRequest(poke.requestId)
  const kind = asked?.kind ?? (poke.planOnly ? 'plan' : 'sync')
  const request: RequestRecord = {
    requestId: poke.requestId,
    configId: poke.id,
    kind,
    ...(asked?.actor ? { actor: asked.actor } : {}),
    requestedAt: poke.requestedAt,
    state: isDone(kind, report) ? 'done' : 'failed',
    ...(report.plan ? { plan: report.plan } : {}),
    result:
      report.result === 'Unchanged' || report.result === 'Planned'
        ? 'ReconciliationSucceeded'
        : report.result,
    ...(report.error ? { message: report.error.message } : {}),
  }
  await state.writeRequest(request, formatExpiry(clock.now()))
}

/** A look at a suspended config comes to nothing, which is what whoever suspends it wants. */
function isDone(kind: RequestRecord['kind'], { error }: SyncReport): boolean {
  return error === undefined || (kind === 'suspend' && error.code === 'ConfigSuspended')
}
