import type { Intent } from '../audit/intent.ts'
import { type ErrorCode, errorTable, type SyncError } from '../errors.ts'
import type { Outcome, Plan } from '../plan/plan.ts'
import { isBraked } from '../plan/prune/brake.ts'
import type { IsoTime } from '../time.ts'
import { chooseCode } from './choose-code.ts'
import { stampConditions } from './conditions.ts'
import { formatNames } from './format-names.ts'
import { listRemarks } from './remarks.ts'
import type { Condition, ConfigStatus, Phase } from './status.ts'
import { isWantedElsewhere } from './wanted-elsewhere.ts'

type Conditions = readonly Omit<Condition, 'lastTransitionTime'>[]

/** What every summary needs to know. */
export interface Occasion {
  readonly before: ConfigStatus | undefined
  readonly at: IsoTime
  readonly observedGeneration?: number
}

/** The status of a config whose plan was carried out, wholly or in part. */
export function summarizeOutcomes(
  occasion: Occasion,
  ended: {
    readonly plan: Plan
    readonly outcomes: readonly Outcome[]
    readonly ignoredFields: readonly string[]
  },
): ConfigStatus {
  const unsettled = ended.outcomes.filter(({ result }) => result !== 'applied')
  const secretsSynced = countSynced(ended.plan, ended.outcomes)
  const remarks = listRemarks(ended.plan, ended.ignoredFields)
  if (unsettled.length === 0 && isBraked(ended.plan.pruning)) {
    const description = describeBrake(ended.plan.pruning?.unwanted ?? [])
    return finish(occasion, {
      phase: 'Retrying',
      description,
      secretsSynced,
      conditions: [
        ...describeProblem('PruneBraked', `${description} ${errorTable.PruneBraked.hint}`),
        ...remarks,
      ],
    })
  }
  if (unsettled.length === 0) {
    const description = `Successfully synced ${secretsSynced} secrets`
    return finish(occasion, {
      phase: 'Ready',
      description,
      secretsSynced,
      conditions: [ready('True', 'ReconciliationSucceeded', description), ...remarks],
    })
  }
  const code = findCode(unsettled)
  const phase: Phase = unsettled.some(({ result }) => result === 'failed') ? 'PartialFailure' : 'Retrying'
  const names = [...new Set(unsettled.map(({ change }) => change.name))]
  const description = `${names.length} secrets could not be synced (${formatNames(names)}): ${errorTable[code].summary}${formatDenied(unsettled, code)}`
  return finish(occasion, {
    phase,
    description,
    secretsSynced,
    conditions: [...describeProblem(code, `${description} ${errorTable[code].hint}`), ...remarks],
  })
}

/** The missing permissions, as an error that names its data would. */
function formatDenied(unsettled: readonly Outcome[], code: ErrorCode): string {
  const actions = unsettled.flatMap((outcome) => (outcome.code === code ? (outcome.deniedAction ?? []) : []))
  return actions.length === 0 ? '' : ` (action=${[...new Set(actions)].sort().join(', ')})`
}

/** The status of a config whose sync ended with `error` before anything was written. */
export function summarizeFailure(occasion: Occasion, error: SyncError): ConfigStatus {
  return finish(occasion, {
    phase: error.disposition === 'stall' ? 'Failed' : 'Retrying',
    description: error.message,
    secretsSynced: occasion.before?.secretsSynced ?? 0,
    conditions: describeProblem(error.code, `${error.message} ${error.hint}`),
  })
}

/** The status of a config that is suspended: by its spec, through its source, or by an operator. */
export function summarizeSuspension(
  occasion: Occasion,
  { code }: Pick<SyncError, 'code'>,
  intent: Intent | null,
): ConfigStatus {
  const who = intent?.suspended ? ` by ${intent.actor.name} since ${intent.requestedAt}` : ''
  const description = `Reconciliation is suspended${who}: no secrets are synced`
  return finish(occasion, {
    phase: 'Suspended',
    description,
    secretsSynced: occasion.before?.secretsSynced ?? 0,
    conditions: [ready('False', code, description)],
  })
}

/** The status while secrets are being written. */
export function summarizeProgress(occasion: Occasion): ConfigStatus {
  const message = 'Writing secrets'
  const before = occasion.before?.conditions.find(({ type }) => type === 'Ready')
  return finish(occasion, {
    phase: 'Updating',
    description: message,
    secretsSynced: occasion.before?.secretsSynced ?? 0,
    conditions: [
      before ?? ready('Unknown', 'ReconciliationInProgress', message),
      { type: 'Reconciling', status: 'True', reason: 'ReconciliationInProgress', message },
    ],
  })
}

function finish(
  { before, at, observedGeneration }: Occasion,
  status: Pick<ConfigStatus, 'phase' | 'description' | 'secretsSynced'> & { readonly conditions: Conditions },
): ConfigStatus {
  const known = before?.conditions ?? []
  return {
    ...status,
    // What others want is found by sweeps, not by a look.
    conditions: stampConditions([...status.conditions, ...known.filter(isWantedElsewhere)], known, at),
    ...(observedGeneration === undefined ? {} : { observedGeneration }),
    lastReconcileTime: at,
  }
}

function ready(
  status: Condition['status'],
  reason: Condition['reason'],
  message: string,
): Conditions[number] {
  return { type: 'Ready', status, reason, message }
}

/** Not ready, and either stalled or being tried again: the two exist only while they are true, as in Flux. */
function describeProblem(code: ErrorCode, message: string): Conditions {
  const type = errorTable[code].disposition === 'stall' ? 'Stalled' : 'Reconciling'
  return [ready('False', code, message), { type, status: 'True', reason: code, message }]
}

function describeBrake(unwanted: readonly string[]): string {
  const names = formatNames(unwanted)
  return `${unwanted.length} secrets wait for an approval of their deletion (${names}): ${errorTable.PruneBraked.summary}`
}

function findCode(unsettled: readonly Outcome[]): ErrorCode {
  return chooseCode(unsettled.flatMap(({ code }) => (code === undefined ? [] : [code]))) ?? 'InternalError'
}

function countSynced(plan: Plan, outcomes: readonly Outcome[]): number {
  const unsettled = new Set(
    outcomes.filter(({ result }) => result !== 'applied').map(({ change }) => change.name),
  )
  const touched = new Set(
    outcomes.filter(({ change }) => change.action !== 'delete').map(({ change }) => change.name),
  )
  return plan.unchanged + [...touched].filter((name) => !unsettled.has(name)).length
}
