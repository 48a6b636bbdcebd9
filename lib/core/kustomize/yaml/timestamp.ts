/**
 * The timestamps that go-yaml knows, and how Go prints them. It resolves an unquoted date to a time and so rewrites
 * it: `2001-1-2` becomes `2001-01-02T00:00:00Z`.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/resolve.go (allowedTimestampFormats)
 */

const forms = [
  /^(\d{4})-(\d{1,2})-(\d{1,2})[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?(Z|[+-]\d{2}:\d{2})$/,
  /^(\d{4})-(\d{1,2})-(\d{1,2}) +(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,](\d+))?$/,
  /^(\d{4})-(\d{1,2})-(\d{1,2})$/,
]

/** `text` as Go prints it in RFC 3339 with nanoseconds, or `null` where it is no timestamp. */
export function formatTimestamp(text: string): string | null {
  for (const form of forms) {
    const match = form.exec(text)
    if (match !== null) return formatParts(match)
  }
  return null
}

function formatParts(match: RegExpExecArray): string | null {
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match.slice(1, 7).map(Number)
  const zone = match[8] ?? 'Z'
  const isLegal =
    month >= 1 &&
    month <= 12 &&
    day >= 1 &&
    day <= daysIn(year, month) &&
    hour <= 23 &&
    minute <= 59 &&
    second <= 59 &&
    isLegalZone(zone)
  if (!isLegal) return null
  const date = `${String(year).padStart(4, '0')}-${pad(month)}-${pad(day)}`
  return `${date}T${pad(hour)}:${pad(minute)}:${pad(second)}${formatFraction(match[7])}${formatZone(zone)}`
}

/** Go keeps nine digits and drops trailing zeros. */
function formatFraction(digits: string | undefined): string {
  const kept = (digits ?? '').slice(0, 9).replace(/0+$/, '')
  return kept === '' ? '' : `.${kept}`
}

function formatZone(zone: string): string {
  return /^[+-]00:00$/.test(zone) ? 'Z' : zone
}

function isLegalZone(zone: string): boolean {
  return zone === 'Z' || (Number(zone.slice(1, 3)) <= 24 && Number(zone.slice(4)) <= 60)
}

function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year === 0 ? 400 : year + 400, month, 0)).getUTCDate()
}

function pad(value: number): string {
  return String(value).padStart(2, '0')
}
