/** The words that Go's `strconv.ParseBool` reads; `null` for any other. */
export function parseGoBool(text: string): boolean | null {
  if (/^(1|t|T|true|TRUE|True)$/.test(text)) return true
  if (/^(0|f|F|false|FALSE|False)$/.test(text)) return false
  return null
}

/** Digits of the largest 64-bit integer; what is longer is not worth the time that reading it takes. */
const maxDigits = 19

/** A decimal 64-bit integer as `strconv.ParseInt(text, 10, 64)` reads it. */
export function parseGoInteger(text: string): bigint | null {
  if (!/^[+-]?\d+$/.test(text)) return null
  const digits = text.replace(/^[+-]?0*/, '')
  if (digits.length > maxDigits) return null
  const value = text.startsWith('-') ? -BigInt(digits) : BigInt(digits)
  return BigInt.asIntN(64, value) === value ? value : null
}

/** Underscores may part digits. */
const digits = String.raw`\d+(?:_\d+)*`
const decimalFloat = new RegExp(
  `^[+-]?(?:${digits}(?:\\.(?:${digits})?)?|\\.${digits})(?:[eE][+-]?${digits})?$`,
)

/** A decimal double as `strconv.ParseFloat` reads it; `null` for other text and for what a double cannot hold. */
export function parseGoFloat(text: string): number | null {
  const infinity = /^([+-]?)(inf|infinity)$/i.exec(text)
  if (infinity) return infinity[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY
  if (/^nan$/i.test(text)) return Number.NaN
  if (!decimalFloat.test(text)) return null
  const value = Number(text.replaceAll('_', ''))
  return Number.isFinite(value) ? value : null
}
