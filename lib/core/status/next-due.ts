import { type ErrorCode, errorTable } from '../errors.ts'
import { formatTime, type IsoTime } from '../time.ts'

const minuteMs = 60_000
/** Minutes until the next look after so many failures in a row; the last goes on. */
const delays = [1, 1, 2, 3, 5, 8, 10] as const
const jitter = 0.2

/**
 * When a config that failed with `codes` is looked at again by itself: after 1 to 10 minutes, longer each time, and
 * `undefined` where only a new commit, a changed spec or a manual sync can help.
 */
export function findNextDue(
  codes: readonly ErrorCode[],
  { attempt, now, chance }: { readonly attempt: number; readonly now: number; readonly chance: number },
): IsoTime | undefined {
  const waits = codes.some((code) => ['wait', 'retry', 'return'].includes(errorTable[code].disposition))
  if (!waits) return undefined
  const minutes = delays[Math.min(Math.max(attempt, 1), delays.length) - 1] ?? 10
  const spread = 1 - jitter * chance
  return formatTime(now + Math.max(minuteMs, Math.round(minutes * minuteMs * spread)))
}
