/** An instant as ISO-8601 text in UTC with milliseconds, such as 2026-01-31T08:00:00.000Z; sorts as text. */
export type IsoTime = string

/** `epochMs` as text. */
export function formatTime(epochMs: number): IsoTime {
  return new Date(epochMs).toISOString()
}

/** Milliseconds since the epoch. */
export function parseTime(time: IsoTime): number {
  return Date.parse(time)
}
