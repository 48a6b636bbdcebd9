import { SyncError } from '../../errors.ts'
import { splitPath } from '../transform/field-spec.ts'

/**
 * The parts of a field path: names between dots, `\.` for a dot within one. `[a.b]` is one name, and `[name=x]`, which
 * finds an item of a list, keeps its brackets.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/utils/pathsplitter.go (SmarterPathSplitter)
 */
export function splitFieldPath(path: string): readonly string[] {
  const waiting = [...splitPath(path, '.')]
  const parts: string[] = []
  for (let part = waiting.shift(); part !== undefined; part = waiting.shift()) {
    if (!part.startsWith('[') || part.endsWith(']')) {
      parts.push(part)
      continue
    }
    const bracketed = [part]
    while (waiting.length > 0 && bracketed.at(-1)?.endsWith(']') !== true)
      bracketed.push(waiting.shift() ?? '')
    const whole = bracketed.join('.')
    parts.push(whole.includes('=') ? whole : whole.replace(/^[[\]]+|[[\]]+$/g, ''))
  }
  return parts
}

/** The index that a part names, as Go's `Atoi` reads it; `null` where it is none. */
export function parseIndex(part: string): number | null {
  return /^[+-]?[0-9]{1,15}$/.test(part) ? Number(part) : null
}

/** Whether a part finds items of a list by a value. */
export function isItemKey(part: string): boolean {
  return part.startsWith('[') && part.endsWith(']')
}

/**
 * `[name=x]` taken apart; `[=x]`, for lists of scalars, has the empty field.
 * @throws {SyncError} KustomizeReplacementFailed
 */
export function parseItemKey(part: string, file: string): { field: string; value: string } {
  const inner = part.replace(/\]$/, '').replace(/^\[/, '')
  const equals = inner.indexOf('=')
  if (equals < 0) throw createPathError(file, 'field=value expected in brackets')
  return { field: inner.slice(0, equals), value: inner.slice(equals + 1) }
}

/** The error for a field path that does not fit the object; the object is never part of it. */
export function createPathError(file: string, reason: string): SyncError {
  return new SyncError('KustomizeReplacementFailed', { data: { file, reason } })
}
