import { SyncError } from '../../errors.ts'
import { decodeUtf8 } from '../../utf8.ts'
import { type Budget, unlimited } from '../budget.ts'
import type { SourceFile } from '../files/loader.ts'

/** One key and its value, still bytes. */
export interface Pair {
  readonly key: string
  readonly value: Uint8Array
  readonly tainted: boolean
}

const lineLimit = 65_536

/** What a pair takes besides its text, bytes being dear. */
const pairBytes = 512

/**
 * The pairs of an `envs` file, in kustomize's grammar: nothing is unquoted, trimmed at the end or expanded.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/kv/kv.go
 * @throws {SyncError} KustomizationInvalid; also for a line that kustomize would silently stop at, and for an
 * encrypted file that holds no `KEY=VALUE` lines, whose lines would else become public keys
 */
export function parseEnvLines(file: SourceFile, budget: Budget = unlimited): readonly Pair[] {
  const pairs: Pair[] = []
  let at = -1
  for (const line of splitLines(file.bytes)) {
    at += 1
    if (line.length >= lineLimit) throw createLineError(file, at, 'line over 64 KiB')
    const text = decodeUtf8(line.at(-1) === 0x0d ? line.subarray(0, -1) : line)
    if (text === null) throw createLineError(file, at, 'line that is no UTF-8')
    const trimmed = trimLeadingSpace(at === 0 ? text.replace(/^\ufeff/, '') : text)
    if (trimmed === '' || trimmed.startsWith('#')) continue
    const equals = trimmed.indexOf('=')
    if (equals < 0 && file.encrypted) throw createLineError(file, at, 'encrypted line without `=`')
    const key = equals < 0 ? trimmed : trimmed.slice(0, equals)
    const value = equals < 0 ? '' : trimmed.slice(equals + 1)
    if (key === '') continue
    budget.spend(pairBytes + line.length, file.path)
    pairs.push({ key, value: new TextEncoder().encode(value), tainted: file.encrypted })
  }
  return pairs
}

function* splitLines(bytes: Uint8Array): Generator<Uint8Array> {
  let start = 0
  for (let end = bytes.indexOf(0x0a); end >= 0; end = bytes.indexOf(0x0a, start)) {
    yield bytes.subarray(start, end)
    start = end + 1
  }
  if (start < bytes.length) yield bytes.subarray(start)
}

/** Go's `unicode.IsSpace`: U+0085 counts, the byte order mark does not. */
function trimLeadingSpace(text: string): string {
  return text.replace(/^[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/, '')
}

function createLineError(file: SourceFile, at: number, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file: file.path, line: at + 1, reason } })
}
