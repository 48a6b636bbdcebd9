import { formatTime, type IsoTime, parseTime } from '../../time.ts'

/** What a config lost on one day. */
export interface PrunedDay {
  /** Date in UTC, such as 2026-01-31. */
  readonly day: string
  readonly deletions: number
  /** The most secrets that it had on that day. */
  readonly most: number
}

const dayMs = 24 * 60 * 60_000
const windowDays = 7

/** The days that still count at `now`: at least seven times 24 hours, and so up to eight dates. */
export function listCountedDays(days: readonly PrunedDay[], now: IsoTime): readonly PrunedDay[] {
  const first = dayOf(formatTime(parseTime(now) - windowDays * dayMs))
  return days.filter(({ day }) => day >= first)
}

/** Adds deletions from among `most` secrets; days that no longer count are left out. */
export function countDeletions(
  days: readonly PrunedDay[],
  { deletions, most, now }: Omit<PrunedDay, 'day'> & { readonly now: IsoTime },
): readonly PrunedDay[] {
  const counted = listCountedDays(days, now)
  if (deletions === 0) return counted
  const today = counted.find(({ day }) => day === dayOf(now))
  return [
    ...counted.filter((other) => other !== today),
    {
      day: dayOf(now),
      deletions: deletions + (today?.deletions ?? 0),
      most: Math.max(most, today?.most ?? 0),
    },
  ]
}

function dayOf(time: IsoTime): string {
  return time.slice(0, 10)
}
