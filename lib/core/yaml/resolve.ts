import { parseGoFloat } from '../go/literals.ts'
import { parseTimestamp } from '../go/timestamp.ts'

/** What a plain scalar stands for: decided by its text alone. */
export type PlainValue =
  | { readonly type: 'null' }
  | { readonly type: 'bool'; readonly value: boolean }
  /** Of 64 bits, with a sign or without. */
  | { readonly type: 'int'; readonly value: bigint }
  | { readonly type: 'float'; readonly value: number }
  /** RFC 3339 in the canonical form of `parseTimestamp`. */
  | { readonly type: 'time'; readonly text: string }
  | { readonly type: 'str'; readonly text: string }

const words = new Map<string, PlainValue>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, { type: 'null' }] as const),
  ...['true', 'True', 'TRUE'].map((word) => [word, { type: 'bool', value: true }] as const),
  ...['false', 'False', 'FALSE'].map((word) => [word, { type: 'bool', value: false }] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, { type: 'float', value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF'].flatMap(
    (word) =>
      [
        [word, { type: 'float', value: Number.POSITIVE_INFINITY }],
        [`+${word}`, { type: 'float', value: Number.POSITIVE_INFINITY }],
        [`-${word}`, { type: 'float', value: Number.NEGATIVE_INFINITY }],
      ] as const,
  ),
])

/**
 * The value of a plain scalar by the rules of go-yaml 3, which are neither those of YAML 1.1 nor of 1.2: `0644` is
 * octal, `1_000` an integer, `yes` a string.
 * @see https://github.com/yaml/go-yaml/blob/v3/resolve.go
 */
export function resolvePlain(text: string): PlainValue {
  if (!/^[-+.\d~tTfFnN]|^$/.test(text)) return { type: 'str', text }
  const word = words.get(text)
  if (word) return word
  if (text.startsWith('.')) return floatOrString(parseGoFloat(text), text)
  if (!/^[-+\d]/.test(text)) return { type: 'str', text }
  return resolveTimestamp(text) ?? resolveNumber(text)
}

const oldBools = /^(?:[yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/
const base60 = /^[-+]?\d[\d_]*(?::[0-5]?\d)+(?:\.[\d_]*)?$/

/** Whether a plain text reads back as a string, here and by parsers of YAML 1.1; go-yaml quotes all others. */
export function isReadAsString(text: string): boolean {
  return resolvePlain(text).type === 'str' && !oldBools.test(text) && !base60.test(text)
}

function resolveNumber(text: string): PlainValue {
  const digits = text.replaceAll('_', '')
  return resolveInteger(digits) ?? floatOrString(parseDecimalFloat(digits), text)
}

const integer = /^([+-]?)(?:0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]*|[1-9]\d*)$/
/** Binary digits of the largest integer; what is longer is not worth the time that reading it takes. */
const maxDigits = 64
/** go-yaml takes a sign after these prefixes, too. */
const signAfterPrefix = /^(0[bo])([+-])(\d+)$/

function resolveInteger(digits: string): PlainValue | null {
  const plain = digits.replace(signAfterPrefix, '$2$1$3')
  const match = integer.exec(plain)
  if (!match) return null
  const sign = match[1] ?? ''
  const literal = plain.slice(sign.length).replace(/^0(?=[0-7])/, '0o')
  if (literal.replace(/^0[xXbBoO]?0*/, '').length > maxDigits) return null
  const magnitude = BigInt(literal)
  const value = sign === '-' ? -magnitude : magnitude
  const isInteger = BigInt.asIntN(64, value) === value || (sign === '' && BigInt.asUintN(64, value) === value)
  return isInteger ? { type: 'int', value } : null
}

function parseDecimalFloat(digits: string): number | null {
  return /^[-+]?(\.\d+|\d+(\.\d*)?)([eE][-+]?\d+)?$/.test(digits) ? parseGoFloat(digits) : null
}

function floatOrString(value: number | null, text: string): PlainValue {
  return value === null ? { type: 'str', text } : { type: 'float', value }
}

const dateTime =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt](?=.*(?:Z|[+-]\d\d:\d\d)$)| +(?!.*[Z+-]))(\d\d?):(\d\d?):(\d\d?)([.,]\d+)?(Z|[+-]\d\d:\d\d)?)?$/

/** Dates, date-times with a zone, and date-times after a space without one; what has no zone is UTC. */
function resolveTimestamp(text: string): PlainValue | null {
  const match = dateTime.exec(text)
  if (!match) return null
  const [, year, month = '', day = '', hour = '0', minute = '0', second = '0', fraction = '', zone = 'Z'] =
    match
  const [mm, dd, hh, min, ss] = [month, day, hour, minute, second].map((part) => part.padStart(2, '0'))
  const canonical = parseTimestamp(`${year}-${mm}-${dd}T${hh}:${min}:${ss}${fraction}${zone}`)
  return canonical === null ? null : { type: 'time', text: canonical }
}
