import { createHash } from 'node:crypto'

/** Something that is to be looked at once in every interval. */
export interface Recurring {
  readonly key: string
  readonly intervalMs: number
}

/**
 * The entries whose interval has begun anew after `since` and up to `now` (milliseconds since the epoch; `null`:
 * ever). Where in its interval an entry is due follows from its key, so that a thousand of them spread evenly and no
 * due time needs to be stored.
 */
export function listDueSlots<Entry extends Recurring>(
  entries: readonly Entry[],
  { since, now }: { readonly since: number | null; readonly now: number },
): readonly Entry[] {
  return entries.filter((entry) => since === null || findSlotStart(entry, now) > since)
}

/** When the interval of `entry` that contains `now` began. */
export function findSlotStart({ key, intervalMs }: Recurring, now: number): number {
  const offsetMs = createHash('sha256').update(key).digest().readUInt32BE(0) % intervalMs
  return Math.floor((now - offsetMs) / intervalMs) * intervalMs + offsetMs
}
