import type { Tree } from '../files/tree.ts'
import type { Dependency } from '../state/records.ts'

/** What a build depended on: every path that it read or looked for, with the object id that `tree` has there. */
export function collectDependencies(paths: Iterable<string>, tree: Tree): Dependency[] {
  return [...new Set(paths)].sort().map((path) => ({ path, oid: tree.entry(path)?.oid ?? null }))
}
