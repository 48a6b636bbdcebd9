import type { Tree } from '../files/tree.ts'
import type { Dependency } from '../state/records.ts'

/**
 * Whether the revision of `tree` may change what a config publishes: an object that its last build read or looked
 * for is another now, is gone, or has come. Unknown object ids and a config that was never built count as changed.
 */
export function concerns(dependencies: readonly Dependency[], tree: Tree): boolean {
  return dependencies.length === 0 || dependencies.some((dependency) => hasMoved(dependency, tree))
}

function hasMoved({ path, oid }: Dependency, tree: Tree): boolean {
  const now = tree.entry(path)?.oid ?? null
  return oid === '' || now !== oid
}
