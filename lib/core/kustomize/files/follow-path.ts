import { SyncError } from '../../errors.ts'
import type { Tree } from '../../files/tree.ts'
import { pathLimit, type Referrer } from './references.ts'

/** What stands at a path once its links are followed. */
export type Followed =
  | { readonly kind: 'file' | 'directory' | 'missing'; readonly path: string }
  /** The target of a link is not loaded yet. */
  | { readonly kind: 'lacking' }

export interface LinkReader {
  readonly tree: Tree
  /** The target of the link at `path`, or `null` where it is not loaded yet. */
  readLink(path: string): string | null
  /** Called with every path that is looked at, present or not. */
  noteRead(path: string): void
}

const linkLimit = 40

/**
 * Follows the links of a path, name by name.
 * @param path relative to the root, without `.` and `..`
 * @throws {SyncError} PathOutsideRepository, GitSubmoduleUnsupported, KustomizeCycle, KustomizationInvalid
 */
export function followPath(path: string, reader: LinkReader, referrer: Referrer): Followed {
  const waiting = splitNames(path)
  const names: string[] = []
  let links = 0
  for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
    if (name === '..') {
      if (names.pop() === undefined) throw outside(referrer, path)
      continue
    }
    if (name.toLowerCase() === '.git') throw outside(referrer, path)
    names.push(name)
    const here = names.join('/')
    const entry = reader.tree.entry(here)
    if (entry === null) return missing(reader, [...names, ...waiting])
    switch (entry.kind) {
      case 'directory':
        break
      case 'file':
        if (waiting.length > 0) return missing(reader, [...names, ...waiting])
        reader.noteRead(here)
        return { kind: 'file', path: here }
      case 'symlink': {
        links += 1
        if (links > linkLimit) throw new SyncError('KustomizeCycle', { data: { ...referrer, path } })
        reader.noteRead(here)
        const target = reader.readLink(here)
        if (target === null) return { kind: 'lacking' }
        if (isIllegalTarget(target)) throw outside(referrer, path)
        names.pop()
        waiting.unshift(...splitNames(target))
        break
      }
      case 'submodule':
        throw new SyncError('GitSubmoduleUnsupported', { data: { ...referrer, path: here } })
      case 'other':
        throw new SyncError('KustomizationInvalid', {
          data: { ...referrer, path: here, reason: 'not a regular file' },
        })
    }
  }
  return { kind: 'directory', path: names.join('/') }
}

function isIllegalTarget(target: string): boolean {
  return target === '' || target.length > pathLimit || target.startsWith('/') || /[\0\\]/.test(target)
}

function missing(reader: LinkReader, names: readonly string[]): Followed {
  const path = names.join('/')
  reader.noteRead(path)
  return { kind: 'missing', path }
}

/** The names of a path, `..` kept. */
function splitNames(path: string): string[] {
  return path.split('/').filter((name) => name !== '' && name !== '.')
}

function outside(referrer: Referrer, path: string): SyncError {
  return new SyncError('PathOutsideRepository', { data: { ...referrer, path } })
}
