import { digestJson } from '../config/digest.ts'
import { sopsErrors } from '../error-codes/sops.ts'
import { errorTable } from '../errors.ts'
import { formatRevision } from '../source/revision.ts'
import type { ConfigHead } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { Condition, ConfigStatus } from './status.ts'

/** `status` of a SecretManagerConfig in a cluster: what the state says, in the words of the resource. */
export interface ResourceStatus extends ConfigStatus {
  /** What was applied last, such as `main@sha1:<40 hex>`. */
  readonly lastAppliedRevision?: string
  /** When the config is looked at again by itself, at the latest. */
  readonly nextReconcileTime?: IsoTime
  readonly decryptionStatus: 'Success' | 'TransientFailure' | 'PermanentFailure' | 'NotApplicable'
  /** The value of the annotation that was obeyed last. */
  readonly lastHandledReconcileAt?: string
}

/** Asks for a look at once: any new value does. */
export const reconcileAnnotation = 'secret-management.octopilot.io/reconcile'

/** What is remembered of a config, as its resource shows it. */
export function describeResource(
  head: Pick<ConfigHead, 'status' | 'applied' | 'nextDueAt' | 'handledReconcileAt' | 'watching'>,
): ResourceStatus {
  const { status, applied, handledReconcileAt } = head
  const nextReconcileTime = findNextTime(head)
  return {
    ...status,
    ...(applied && { lastAppliedRevision: formatRevision(applied.revision) }),
    ...(nextReconcileTime !== undefined && { nextReconcileTime }),
    decryptionStatus: findDecryptionStatus(status.conditions),
    ...(handledReconcileAt !== undefined && { lastHandledReconcileAt: handledReconcileAt }),
  }
}

/** The fields by which two statuses differ: when a look was says nothing new, and other fields belong to others. */
const tellingFields = [
  'phase',
  'description',
  'conditions',
  'observedGeneration',
  'secretsSynced',
  'lastAppliedRevision',
  'decryptionStatus',
  'lastHandledReconcileAt',
] as const satisfies readonly (keyof ResourceStatus)[]

/** Whether a resource shows `status` already. */
export function showsStatus(shown: unknown, status: ResourceStatus): boolean {
  if (typeof shown !== 'object' || shown === null) return false
  const pick = (fields: object) => tellingFields.map((field) => sortConditions(Reflect.get(fields, field)))
  return digestJson(pick(shown)) === digestJson(pick(status))
}

/** Conditions are known by their type: a cluster that merges them may put them in another order. */
function sortConditions(value: unknown): unknown {
  if (!Array.isArray(value)) return value
  return value.toSorted((one, other) => (String(one?.type) < String(other?.type) ? -1 : 1))
}

function findNextTime({
  status: { phase, lastReconcileTime },
  nextDueAt,
  watching,
}: Pick<ConfigHead, 'status' | 'nextDueAt' | 'watching'>): IsoTime | undefined {
  if (nextDueAt !== undefined || phase === 'Suspended') return nextDueAt
  if (!watching || lastReconcileTime === undefined) return undefined
  return new Date(Date.parse(lastReconcileTime) + watching.watcher.pullIntervalMs).toISOString()
}

function findDecryptionStatus(conditions: readonly Condition[]): ResourceStatus['decryptionStatus'] {
  const reason = conditions.find(({ type }) => type === 'Ready')?.reason
  if (reason === 'ReconciliationSucceeded') return 'Success'
  if (reason === undefined || !Object.hasOwn(sopsErrors, reason)) return 'NotApplicable'
  const isPermanent = reason !== 'ReconciliationInProgress' && errorTable[reason].disposition === 'stall'
  return isPermanent ? 'PermanentFailure' : 'TransientFailure'
}
