const rfc3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d\d?):(\d\d):(\d\d)(?:[.,](\d+))?(Z|[+-]\d\d:\d\d)$/

/**
 * RFC 3339, as strict as Go reads it, in the canonical form of `time.RFC3339Nano`: at most nine digits of fraction
 * without trailing zeros, `Z` for a zero offset. `null` where `text` is none, or names a day that does not exist.
 * @see https://pkg.go.dev/time#pkg-constants
 */
export function parseTimestamp(text: string): string | null {
  const match = rfc3339.exec(text)
  if (!match) return null
  const [, year = '', month = '', day = '', hour = '', minute = '', second = '', fraction = '', zone = ''] =
    match
  const offset = formatOffset(zone)
  if (offset === null || !isCalendarDate(Number(year), Number(month), Number(day))) return null
  if (Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const nanos = fraction.slice(0, 9).replace(/0+$/, '')
  const time = `${hour.padStart(2, '0')}:${minute}:${second}${nanos && `.${nanos}`}`
  return `${year}-${month}-${day}T${time}${offset}`
}

/** A canonical timestamp without its fraction. */
export function dropFraction(timestamp: string): string {
  return timestamp.replace(/\.\d+/, '')
}

function isCalendarDate(year: number, month: number, day: number): boolean {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const lengths = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  return day >= 1 && day <= (lengths[month - 1] ?? 0)
}

/** Go takes 24 hours and 60 minutes for legal and carries them over. */
function formatOffset(zone: string): string | null {
  if (zone === 'Z') return zone
  const [hours = 0, minutes = 0] = zone.slice(1).split(':').map(Number)
  if (hours > 24 || minutes > 60) return null
  const total = hours * 60 + minutes
  const twoDigits = (value: number) => String(value).padStart(2, '0')
  return total === 0 ? 'Z' : `${zone[0]}${twoDigits(Math.trunc(total / 60))}:${twoDigits(total % 60)}`
}
