import { type ErrorCode, errorTable } from '../core/errors.ts'
import type { RequestRecord } from '../core/state/records.ts'
import { formatExpiry } from '../core/state/retention.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Look, SyncReport } from './look.ts'

/** Writes the answer of a manual poke, for `GET /requests/{id}`; other pokes have nobody who waits. */
export async function answerRequest(
  { state, clock }: Pick<SyncDependencies, 'state' | 'clock'>,
  { poke, intent }: Pick<Look, 'poke' | 'intent'>,
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
    ...(asked?.pin ? { pin: asked.pin } : {}),
    ...(report.plan ? { plan: report.plan } : {}),
    result: formatResult(report),
    ...(report.error ? { message: report.error.message } : {}),
    ...(kind === 'prune' && !isApproved(intent, report) ? refused : {}),
  }
  await state.writeRequest(request, formatExpiry(clock.now()))
}

/** The answer to an approval of deletions that are not planned. */
const refused = {
  state: 'failed',
  result: 'ApprovalRefused',
  message: errorTable.ApprovalRefused.summary,
} as const

function isApproved(intent: Look['intent'], { plan, error }: SyncReport): boolean {
  // Where there is no plan, what stands in its way is said instead.
  if (error) return true
  const { digest, held } = plan?.pruning ?? {}
  return digest !== undefined && digest === intent?.approval?.digest && held === undefined
}

function formatResult({ result }: SyncReport): ErrorCode | 'ReconciliationSucceeded' {
  return result === 'Unchanged' || result === 'Planned' ? 'ReconciliationSucceeded' : result
}

/** A look at a suspended config comes to nothing, which is what whoever suspends it wants. */
function isDone(kind: RequestRecord['kind'], { error }: SyncReport): boolean {
  return error === undefined || (kind === 'suspend' && error.code === 'ConfigSuspended')
}
