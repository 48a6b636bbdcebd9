import { formatTime, type IsoTime } from '../time.ts'

const retentionMs = 24 * 60 * 60_000

/** When a delivery, a request or an answer of `now` (milliseconds since the epoch) is forgotten: a day later. */
export function formatExpiry(now: number): IsoTime {
  return formatTime(now + retentionMs)
}
