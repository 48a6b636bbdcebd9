const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
}

/** Go's `time.Duration` ends here: 2^63 nanoseconds, about 292 years. */
const maximumMs = 2 ** 63 / 1e6
const maximumLength = 100

/**
 * Milliseconds, rounded, in a duration of Go's form (`1h30m`, `0.5h`) or in one whole number of days (`2d`).
 * `null` where the text is neither.
 * @see https://pkg.go.dev/time#ParseDuration
 */
export function parseDuration(text: string): number | null {
  const days = /^(\d{1,6})d$/.exec(text)
  if (days) return capped(Number(days[1]) * 24 * 3_600_000)
  if (text.length > maximumLength) return null
  if (!/^(?:(?:\d+(?:\.\d*)?|\.\d+)(?:ns|us|µs|μs|ms|s|m|h))+$/.test(text)) return null
  let totalMs = 0
  for (const [, amount, unit] of text.matchAll(/([\d.]+)([^\d.]+)/g)) {
    totalMs += Number(amount) * (unitMs[unit ?? ''] ?? Number.NaN)
  }
  return capped(Math.round(totalMs))
}

/** The shortest text of Go's form for a whole number of milliseconds, such as `1h30m`. */
export function formatDuration(durationMs: number): string {
  let restMs = durationMs
  const parts = (['h', 'm', 's', 'ms'] as const).flatMap((unit) => {
    const size = unitMs[unit] ?? 1
    const amount = Math.floor(restMs / size)
    restMs -= amount * size
    return amount === 0 ? [] : [`${amount}${unit}`]
  })
  return parts.join('') || '0s'
}

function capped(durationMs: number): number | null {
  return durationMs <= maximumMs ? durationMs : null
}
