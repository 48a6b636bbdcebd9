import type { ConfigId } from '../config/config.ts'
import { formatRevision } from '../source/revision.ts'
import type { ConfigHead, Delivery, HistoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'

/** What a delivery has led to for one config that follows the repository. */
export interface DeliveryEffect {
  readonly configId: ConfigId
  /**
   * `synced` and `failed`: the history tells of it. `seen`: looked at since, and there was nothing to do. `untouched`:
   * not looked at since, as nothing that it is built from has moved, or as its turn is still to come.
   */
  readonly fate: 'synced' | 'failed' | 'seen' | 'untouched'
  readonly at?: IsoTime
  readonly result?: HistoryEntry['result']
  readonly revision?: string
  /** Applied changes by action. */
  readonly changes?: Readonly<Record<string, number>>
}

/** A delivery, and what has become of it so far. */
export interface DeliveryFate extends Delivery {
  readonly configs: readonly DeliveryEffect[]
}

/** The effect on the config of `head`, given the newest entries of its history. */
export function describeEffect(
  { receivedAt, requestId }: Pick<Delivery, 'receivedAt' | 'requestId'>,
  { id, lookedAt }: Pick<ConfigHead, 'id' | 'lookedAt'>,
  entries: readonly HistoryEntry[],
): DeliveryEffect {
  const entry = entries.find((candidate) => candidate.requestId === requestId)
  if (!entry) {
    return { configId: id, fate: lookedAt !== undefined && lookedAt >= receivedAt ? 'seen' : 'untouched' }
  }
  const { at, result, revision, outcomes } = entry
  const applied = outcomes.filter((outcome) => outcome.result === 'applied')
  const counts = [...Map.groupBy(applied, ({ action }) => action)].map(([action, { length }]) => [
    action,
    length,
  ])
  return {
    configId: id,
    fate: result === 'ReconciliationSucceeded' ? 'synced' : 'failed',
    at,
    result,
    ...(revision ? { revision: formatRevision(revision) } : {}),
    changes: Object.fromEntries(counts),
  }
}
