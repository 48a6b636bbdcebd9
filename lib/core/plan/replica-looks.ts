import type { AwsTarget, ConfigId } from '../config/config.ts'
import type { ConfigHead } from '../state/records.ts'
import { formatTime, parseTime } from '../time.ts'

/** Lists do not show copies in other regions: each secret is looked at by itself, once in this time. */
const lookIntervalMs = 60 * 60_000

/** Whether the copies of a config's secrets are to be looked at; `now` in milliseconds since the epoch. */
export function isReplicaLookDue({ replicasDueAt }: Pick<ConfigHead, 'replicasDueAt'>, now: number): boolean {
  return replicasDueAt !== undefined && parseTime(replicasDueAt) <= now
}

/** When the next look at copies is due after one that ends at `now`; absent for a config that wants none. */
export function scheduleReplicaLook(
  head: Pick<ConfigHead, 'replicasDueAt'> | null,
  { replicaRegions }: Pick<AwsTarget, 'replicaRegions'>,
  now: number,
): Pick<ConfigHead, 'replicasDueAt'> {
  if (replicaRegions.length === 0) return {}
  const dueAt = head?.replicasDueAt
  const isOver = dueAt === undefined || isReplicaLookDue({ replicasDueAt: dueAt }, now)
  return { replicasDueAt: isOver ? formatTime(now + lookIntervalMs) : dueAt }
}

/** The configs whose copies are to be looked at; what fails or is suspended is looked at again for other reasons. */
export function listReplicaLooks(heads: readonly ConfigHead[], now: number): readonly ConfigId[] {
  return heads
    .filter(
      ({ watching, status, ...head }) => watching && status.phase === 'Ready' && isReplicaLookDue(head, now),
    )
    .map(({ id }) => id)
}
