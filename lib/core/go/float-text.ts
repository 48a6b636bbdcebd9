/** The shortest decimal that reads back as the same double, never with an exponent: Go's `FormatFloat(x, 'f', -1)`. */
export function formatFixed(value: number): string {
  const special = formatSpecial(value)
  if (special !== null) return special
  const { sign, digits, exponent } = parseDecimal(value)
  return sign + placePoint(digits, exponent)
}

/**
 * The same digits with an exponent below 1e-4 and from 1e6 on, whatever their number: Go's `FormatFloat(x, 'g', -1)`.
 */
export function formatGeneral(value: number): string {
  const special = formatSpecial(value)
  if (special !== null) return special
  const { sign, digits, exponent } = parseDecimal(value)
  const power = exponent - 1
  if (power >= -4 && power < 6) return sign + placePoint(digits, exponent)
  const mantissa = digits.length === 1 ? digits : `${digits[0]}.${digits.slice(1)}`
  return `${sign}${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`
}

function formatSpecial(value: number): string | null {
  if (Number.isNaN(value)) return 'NaN'
  if (!Number.isFinite(value)) return value > 0 ? '+Inf' : '-Inf'
  if (value === 0) return Object.is(value, -0) ? '-0' : '0'
  return null
}

/** The value is `0.digits × 10^exponent`. */
function parseDecimal(value: number): { sign: string; digits: string; exponent: number } {
  const [mantissa = '', power = '0'] = Math.abs(value).toExponential().split('e')
  return { sign: value < 0 ? '-' : '', digits: mantissa.replace('.', ''), exponent: Number(power) + 1 }
}

function placePoint(digits: string, exponent: number): string {
  if (exponent <= 0) return `0.${'0'.repeat(-exponent)}${digits}`
  if (exponent >= digits.length) return digits.padEnd(exponent, '0')
  return `${digits.slice(0, exponent)}.${digits.slice(exponent)}`
}
