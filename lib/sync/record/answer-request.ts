import { type ErrorCode, errorTable } from '../../core/errors.ts'
import { isUnavailable } from '../../core/plan/plan-rollback.ts'
import type { RequestRecord } from '../../core/state/records.ts'
import { formatExpiry } from '../../core/state/retention.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, SyncReport } from '../look.ts'
import { isToContinue } from './continue-sync.ts'

/**
 * Writes the answer of a request, for `GET /requests/{id}`, once the last of its runs has ended; other pokes have nobody
 * who waits. `description` is what the status of the config says then.
 */
export async function answerRequest(
  { state, clock }: Pick<SyncDependencies, 'state' | 'clock'>,
  { poke, intent }: Pick<Look, 'poke' | 'intent'>,
  report: SyncReport & { readonly description?: string },
): Promise<void> {
  if (poke.trigger !== 'manual' && poke.trigger !== 'continuation') return
  const asked = await state.readRequest(poke.requestId)
  if (!asked && poke.trigger === 'continuation') return
  const judged = pickAsked(asked, report)
  if (isToContinue(judged)) return
  const kind = asked?.kind ?? (poke.planOnly ? 'plan' : 'sync')
  const result = formatResult(judged)
  const message =
    report.error?.message ?? (result === 'ReconciliationSucceeded' ? undefined : report.description)
  const request: RequestRecord = {
    requestId: poke.requestId,
    configId: poke.id,
    kind,
    ...(asked?.actor ? { actor: asked.actor } : {}),
    requestedAt: poke.requestedAt,
    state: isDone(kind, intent, judged) ? 'done' : 'failed',
    ...(asked?.pin ? { pin: asked.pin } : {}),
    ...(asked?.adoption ? { adoption: asked.adoption } : {}),
    ...(report.plan ? { plan: report.plan } : {}),
    result,
    ...(message === undefined ? {} : { message }),
    ...(kind === 'prune' && !isApproved(intent, report) ? refuse('ApprovalRefused') : {}),
    ...(kind === 'adopt' && isIdle(judged) ? refuse('AdoptionRefused') : {}),
  }
  await state.writeRequest(request, formatExpiry(clock.now()))
}

/** The answer to an order that found nothing to carry out. */
function refuse(code: 'ApprovalRefused' | 'AdoptionRefused') {
  return { state: 'failed', result: code, message: errorTable[code].summary } as const
}

/** As much of a report as an order is about: all of it, or what concerns the name that is to be taken over. */
function pickAsked(asked: RequestRecord | null, report: SyncReport): SyncReport {
  const name = asked?.adoption?.name
  if (name === undefined) return report
  const outcomes = report.outcomes.filter(({ change }) => change.name === name)
  if (report.error) return { ...report, outcomes }
  const missed = outcomes.find(({ result }) => result !== 'applied')
  const result = missed ? (missed.code ?? report.result) : 'ReconciliationSucceeded'
  return { ...report, outcomes, result }
}

function isIdle({ error, outcomes }: SyncReport): boolean {
  return error === undefined && outcomes.length === 0
}

function isApproved(intent: Look['intent'], { plan, error }: SyncReport): boolean {
  // Where there is no plan, what stands in its way is said instead.
  if (error) return true
  const { digest, held } = plan?.pruning ?? {}
  return digest !== undefined && digest === intent?.approval?.digest && held === undefined
}

function formatResult({ result }: SyncReport): ErrorCode | 'ReconciliationSucceeded' {
  return result === 'Unchanged' || result === 'Planned' ? 'ReconciliationSucceeded' : result
}

/**
 * Whether the store is as the request wants it. A look at a suspended config comes to nothing, which is what whoever
 * suspends it wants; and whoever rolls back in part leaves the secrets whose versions are gone.
 */
function isDone(kind: RequestRecord['kind'], intent: Look['intent'], report: SyncReport): boolean {
  if (formatResult(report) === 'ReconciliationSucceeded') return true
  if (report.error) return kind === 'suspend' && report.error.code === 'ConfigSuspended'
  if (kind !== 'rollback' || !intent?.pin?.partial) return false
  return report.outcomes.every(({ result, code }) => result === 'applied' || isUnavailable(code))
}
