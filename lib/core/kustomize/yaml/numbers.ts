/**
 * Go's reading of numbers, which go-yaml relies on. Integers are `bigint`, floats `number`; `null` is "no number".
 * @see https://pkg.go.dev/strconv
 */

const int64Limit = 1n << 63n
const uint64Limit = 1n << 64n

/** `ParseInt(text, 0, 64)`, else `ParseUint(text, 0, 64)`: `0x`, `0b`, `0o` and a leading `0` choose the base. */
export function parseGoInteger(text: string): bigint | null {
  const match = /^([+-]?)(0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9][0-9]*)$/.exec(text)
  if (match === null) return null
  const digits = match[2] ?? ''
  const isOldOctal = /^0[0-7]+$/.test(digits)
  const magnitude = BigInt(isOldOctal ? `0o${digits.slice(1)}` : digits.toLowerCase())
  if (match[1] === '-') return magnitude <= int64Limit ? -magnitude : null
  if (match[1] === '+') return magnitude < int64Limit ? magnitude : null
  return magnitude < uint64Limit ? magnitude : null
}

/** `ParseInt(text, base, 64)`, else `ParseUint`. */
export function parseGoDigits(sign: '' | '-', digits: string, base: 2 | 8): bigint | null {
  const match = base === 2 ? /^([+-]?)([01]+)$/.exec(digits) : /^([+-]?)([0-7]+)$/.exec(digits)
  if (match === null || (sign === '-' && match[1] !== '')) return null
  const magnitude = BigInt(`0${base === 2 ? 'b' : 'o'}${match[2]}`)
  const isNegative = sign === '-' || match[1] === '-'
  if (isNegative) return magnitude <= int64Limit ? -magnitude : null
  if (match[1] === '+') return magnitude < int64Limit ? magnitude : null
  return magnitude < uint64Limit ? magnitude : null
}

/** A decimal float; `null` where it overflows, as `ParseFloat` then fails. */
export function parseGoFloat(text: string): number | null {
  if (!/^[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?$/.test(text)) return null
  const value = Number(text)
  return Number.isFinite(value) ? value : null
}
