import { SyncError } from '../errors.ts'
import { matchStart, parseGlob } from './glob.ts'

/** What an operator makes of a value; a text that is no number counts as if it were not there. */
export type ShellFunction = (value: string, args: readonly string[]) => string

/**
 * The operators that Flux knows; every other means a default.
 * @see https://github.com/fluxcd/pkg/blob/envsubst/v1.9.0/envsubst/funcs.go
 */
const functions: ReadonlyMap<string, ShellFunction> = new Map<string, ShellFunction>([
  [',', (value) => changeFirst(value, toLower)],
  [',,', (value) => changeEach(value, toLower)],
  ['^', (value) => changeFirst(value, toUpper)],
  ['^^', (value) => changeEach(value, toUpper)],
  [':', takePart],
  ['/', (value, [from = '', to = '']) => value.replace(from, () => to)],
  ['//', (value, [from = '', to = '']) => replaceAll(value, from, to)],
  [
    '/#',
    (value, [from = '', to]) =>
      to === undefined || !value.startsWith(from) ? value : to + value.slice(from.length),
  ],
  [
    '/%',
    (value, [from = '', to]) =>
      to === undefined || !value.endsWith(from) ? value : value.slice(0, value.length - from.length) + to,
  ],
  ['##', (value, [pattern = '']) => trimStart(value, pattern, 'longest')],
  ['%', (value, [pattern = '']) => trimEnd(value, pattern, 'shortest')],
  ['%%', (value, [pattern = '']) => trimEnd(value, pattern, 'longest')],
])

/** @throws {SyncError} SubstitutionFailed */
export function applyFunction(operator: string, value: string, args: readonly string[]): string {
  if (operator === '#') {
    return args.length === 0 ? String(Buffer.byteLength(value)) : trimStart(value, args[0] ?? '', 'shortest')
  }
  const apply = functions.get(operator)
  if (apply !== undefined) return apply(value, args)
  return value === '' ? args.join('') : value
}

/** Go maps character by character, and none to several. */
function toLower(character: string): string {
  return character === '\u0130' ? 'i' : keepSingle(character, character.toLowerCase())
}

function toUpper(character: string): string {
  return keepSingle(character, character.toUpperCase())
}

function keepSingle(character: string, changed: string): string {
  return [...changed].length === 1 ? changed : character
}

function changeFirst(value: string, change: (character: string) => string): string {
  const [first = '', ...rest] = value
  return first === '' ? value : change(first) + rest.join('')
}

function changeEach(value: string, change: (character: string) => string): string {
  return [...value].map(change).join('')
}

/** An empty text stands before each character and after the last. */
function replaceAll(value: string, from: string, to: string): string {
  return from === ''
    ? `${to}${[...value].map((character) => character + to).join('')}`
    : value.replaceAll(from, () => to)
}

/** Offset and length count bytes; an offset below zero counts from the end. */
function takePart(value: string, [offset = '', size]: readonly string[]): string {
  const bytes = Buffer.from(value)
  const from = parseInteger(offset)
  if (from === null) return value
  const start = from < 0 ? Math.max(0, bytes.length + from) : from
  if (size === undefined) return decode(bytes.subarray(start))
  const length = parseInteger(size)
  if (length === null) return value
  if (start + length >= bytes.length) return decode(bytes.subarray(start))
  if (length < 0) throw fail('length below zero')
  return decode(bytes.subarray(start, start + length))
}

function parseInteger(text: string): number | null {
  return /^[+-]?[0-9]{1,15}$/.test(text) ? Number(text) : null
}

function decode(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString()
  if (text.includes('\ufffd') && !Buffer.from(text).equals(bytes)) throw fail('part of a character')
  return text
}

function trimStart(value: string, pattern: string, wanted: 'shortest' | 'longest'): string {
  return trim([...value], [...pattern], wanted).join('')
}

/** From the end Flux reads both backwards, the pattern too. */
function trimEnd(value: string, pattern: string, wanted: 'shortest' | 'longest'): string {
  return trim([...value].reverse(), [...pattern].reverse(), wanted)
    .reverse()
    .join('')
}

function trim(value: string[], pattern: string[], wanted: 'shortest' | 'longest'): string[] {
  // Flux takes bytes for characters here, and would cut one in two.
  const countsCharacters = pattern.some((character) => '?['.includes(character)) || pattern.at(-1) === '*'
  if (countsCharacters && value.some((character) => character > '\x7f')) {
    throw fail('pattern for single characters of a text beyond ASCII')
  }
  const glob = parseGlob(pattern)
  return value.slice((glob && matchStart(glob, value, wanted)) ?? 0)
}

function fail(reason: string): SyncError {
  return new SyncError('SubstitutionFailed', { data: { reason } })
}
