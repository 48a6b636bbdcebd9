import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { Referrer } from '../files/references.ts'
import type { GeneratorArguments } from '../kustomization/fields.ts'
import { type Pair, parseEnvLines } from './env-lines.ts'

/** A generator and where it is written. */
export interface GeneratorPlace extends Referrer {
  /** The directory that paths are relative to. */
  readonly root: string
  /** Whether the file with the generator was encrypted; its literals are tainted then. */
  readonly encrypted: boolean
}

/**
 * The pairs of a generator: envs, then literals, then files.
 * @throws {SyncError} KustomizationInvalid for a malformed source or a key that occurs twice; what the loader throws
 */
export function collectPairs(
  args: GeneratorArguments,
  loader: Loader,
  place: GeneratorPlace,
): readonly Pair[] {
  const pairs = [
    ...(args.envs ?? []).flatMap((path) => {
      const file = loader.load(place.root, path, inField(place, 'envs'))
      return file === null ? [] : parseEnvLines(file, loader.budget)
    }),
    ...(args.literals ?? []).map((literal) => parseLiteral(literal, place)),
    ...(args.files ?? []).flatMap((source) => {
      const { key, path } = parseFileSource(source, place)
      const file = loader.load(place.root, path, inField(place, 'files'))
      return file === null ? [] : [{ key, value: file.bytes, tainted: file.encrypted }]
    }),
  ]
  const keys = new Set<string>()
  for (const { key } of pairs) {
    if (keys.has(key)) throw invalid(place, 'key given twice')
    keys.add(key)
  }
  return pairs
}

/** `key=value`; one pair of surrounding quotes is removed. */
function parseLiteral(literal: string, place: GeneratorPlace): Pair {
  const equals = literal.indexOf('=')
  if (equals <= 0) throw invalid(inField(place, 'literals'), 'KEY=VALUE expected')
  const value = new TextEncoder().encode(removeQuotes(literal.slice(equals + 1)))
  return { key: literal.slice(0, equals), value, tainted: place.encrypted }
}

function removeQuotes(text: string): string {
  const quote = text.charAt(0)
  const isQuoted = text.length >= 2 && text.endsWith(quote) && (quote === '"' || quote === "'")
  return isQuoted ? text.slice(1, -1) : text
}

/** `path`, whose base name is the key, or `key=path`. */
export function parseFileSource(source: string, referrer: Referrer): { key: string; path: string } {
  const [first = '', second, ...rest] = source.split('=')
  if (second === undefined) return { key: baseName(first), path: first }
  if (rest.length > 0) throw invalid(inField(referrer, 'files'), 'more than one `=`')
  if (first === '' || second === '') throw invalid(inField(referrer, 'files'), 'key or path is missing')
  return { key: first, path: second }
}

/** Go's `path.Base`. */
function baseName(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  if (trimmed === '') return path === '' ? '.' : '/'
  return trimmed.slice(trimmed.lastIndexOf('/') + 1)
}

function inField(referrer: Referrer, name: string): Referrer {
  return { file: referrer.file, field: `${referrer.field}.${name}` }
}

function invalid({ file, field }: Referrer, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file, field, reason } })
}
