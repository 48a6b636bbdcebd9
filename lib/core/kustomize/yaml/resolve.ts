import { type Scalar, tags } from './node.ts'
import { parseGoDigits, parseGoFloat, parseGoInteger } from './numbers.ts'
import { formatTimestamp } from './timestamp.ts'

/** What an unquoted scalar stands for; a timestamp is already the text that Go prints for it. */
export type Resolved =
  | { readonly tag: typeof tags.null; readonly value: null }
  | { readonly tag: typeof tags.bool; readonly value: boolean }
  | { readonly tag: typeof tags.int; readonly value: bigint }
  | { readonly tag: typeof tags.float; readonly value: number }
  | { readonly tag: typeof tags.string | typeof tags.timestamp; readonly value: string }

const words = new Map<string, Resolved>([
  ...['true', 'True', 'TRUE'].map((text) => [text, { tag: tags.bool, value: true }] as const),
  ...['false', 'False', 'FALSE'].map((text) => [text, { tag: tags.bool, value: false }] as const),
  ...['', '~', 'null', 'Null', 'NULL'].map((text) => [text, { tag: tags.null, value: null }] as const),
  ...['.nan', '.NaN', '.NAN'].map((text) => [text, { tag: tags.float, value: Number.NaN }] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(
    (text) => [text, { tag: tags.float, value: Number.POSITIVE_INFINITY }] as const,
  ),
  ...['-.inf', '-.Inf', '-.INF'].map(
    (text) => [text, { tag: tags.float, value: Number.NEGATIVE_INFINITY }] as const,
  ),
])

/**
 * Resolves unquoted text by the rules of go-yaml v3, which resources and strategic-merge patches follow.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/resolve.go
 */
export function resolvePlain(text: string): Resolved {
  const word = words.get(text)
  if (word !== undefined) return word
  return (/^[-+.0-9]/.test(text) ? resolveNumber(text) : null) ?? { tag: tags.string, value: text }
}

/** The tag of unquoted text. */
export function resolveTag(text: string): Scalar['tag'] {
  return resolvePlain(text).tag
}

function resolveNumber(text: string): Resolved | null {
  if (text.startsWith('.')) return createFloat(parseGoFloat(text))
  const time = formatTimestamp(text)
  if (time !== null) return { tag: tags.timestamp, value: time }
  const plain = text.replaceAll('_', '')
  const integer = parseGoInteger(plain) ?? parsePrefixed(plain)
  if (integer !== null) return { tag: tags.int, value: integer }
  return createFloat(parseGoFloat(plain))
}

function parsePrefixed(plain: string): bigint | null {
  const match = /^(-?)0([bo])(.+)$/.exec(plain)
  if (match === null) return null
  return parseGoDigits(match[1] === '-' ? '-' : '', match[3] ?? '', match[2] === 'b' ? 2 : 8)
}

function createFloat(value: number | null): Resolved | null {
  return value === null ? null : { tag: tags.float, value }
}
