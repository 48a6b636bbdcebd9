import type { ConfigId } from '../config/config.ts'
import { formatRevision } from '../source/revision.ts'
import type { ConfigHead, HistoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { Condition, Phase } from './status.ts'

/** One line of `smc status --json` and of `GET /configs`. */
export interface ConfigSummary {
  readonly id: ConfigId
  readonly phase: Phase
  readonly ready: boolean
  /** Why it is ready or not; absent before the first sync. */
  readonly reason?: Condition['reason']
  /** What was applied last, such as `main@sha1:<40 hex>`. */
  readonly revision: string | null
  /** How many secrets are as Git says. */
  readonly secrets: number
  /** When `revision` was applied. */
  readonly lastSyncAt: IsoTime | null
  /** What else is true of it, such as `Pinned` or `Unwanted`; the detail says more of each. */
  readonly remarks: readonly Condition['type'][]
}

/** All that is remembered of one config. */
export interface ConfigDetail extends ConfigSummary {
  readonly description: string
  readonly conditions: readonly Condition[]
  /** When it is looked at again by itself; `null` while nothing is due. */
  readonly nextDueAt: IsoTime | null
  /** Newest first. */
  readonly history: readonly HistoryEntry[]
}

/** The part of a head that is shown. */
export type RememberedConfig = Pick<ConfigHead, 'id' | 'status' | 'applied' | 'nextDueAt'>

/** Readiness as Kubernetes tells it: three conditions for one thing. */
const readiness: readonly Condition['type'][] = ['Ready', 'Reconciling', 'Stalled']

export function summarizeConfig({ id, status, applied }: RememberedConfig): ConfigSummary {
  const ready = status.conditions.find(({ type }) => type === 'Ready')
  return {
    id,
    phase: status.phase,
    ready: ready?.status === 'True',
    ...(ready === undefined ? {} : { reason: ready.reason }),
    revision: applied === undefined ? null : formatRevision(applied.revision),
    secrets: status.secretsSynced,
    lastSyncAt: applied?.appliedAt ?? null,
    remarks: status.conditions.map(({ type }) => type).filter((type) => !readiness.includes(type)),
  }
}

export function describeConfig(head: RememberedConfig, history: readonly HistoryEntry[]): ConfigDetail {
  return {
    ...summarizeConfig(head),
    description: head.status.description,
    conditions: head.status.conditions,
    nextDueAt: head.nextDueAt ?? null,
    history,
  }
}

/** What is remembered of a config that was never looked at. */
export function createUnseen(id: ConfigId): RememberedConfig {
  return { id, status: { phase: 'Pending', description: '', conditions: [], secretsSynced: 0 } }
}
