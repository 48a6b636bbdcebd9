import { SyncError } from '../../../core/errors.ts'
import { applyDelta } from '../../../core/git/delta.ts'
import { type GitObject, hashObject } from '../../../core/git/object.ts'
import type { FindObject } from '../repository/find-object.ts'
import { type PackEntry, parsePackEntries } from './pack-entries.ts'
import { createPackBudget, type PackLimits } from './pack-limits.ts'

/** Objects by their ids, which were computed from what the objects hold. */
export type GitObjects = ReadonlyMap<string, GitObject>

interface Resolved {
  readonly object: GitObject
  readonly depth: number
}

/**
 * Every object of a pack, or none: an entry that cannot be read is an error, and so is a delta whose base is neither
 * in the pack nor found by `findBase`.
 * @throws {SyncError} GitFetchTooLarge, GitDataInvalid
 */
export function readPack(
  pack: Uint8Array,
  limits: PackLimits,
  findBase: FindObject = () => null,
): GitObjects {
  const budget = createPackBudget(limits)
  const byOffset = new Map<number, Resolved>()
  const byOid = new Map<string, Resolved>()
  let pending: readonly PackEntry[] = parsePackEntries(pack, limits)
  while (pending.length > 0) {
    const left = pending.filter((entry) => !resolve(entry))
    if (left.length === pending.length)
      throw new SyncError('GitDataInvalid', { data: { part: 'delta base' } })
    pending = left
  }
  return new Map([...byOid].map(([oid, { object }]) => [oid, object]))

  /** Bases stand before their deltas in the packs that Git writes, so one pass does; ids may point forward. */
  function resolve(entry: PackEntry): boolean {
    const resolved = entry.type === 'delta' ? derive(entry) : { object: entry, depth: 0 }
    if (!resolved) return false
    byOffset.set(entry.offset, resolved)
    byOid.set(hashObject(resolved.object), resolved)
    return true
  }

  function findKnown(oid: string): Resolved | null {
    const object = findBase(oid)
    return object && { object, depth: 0 }
  }

  function derive({ base, bytes }: PackEntry & { readonly type: 'delta' }): Resolved | null {
    const found = typeof base === 'number' ? byOffset.get(base) : (byOid.get(base) ?? findKnown(base))
    if (!found) return null
    budget.assertDeltaDepth(found.depth + 1)
    const object = { type: found.object.type, bytes: applyDelta(found.object.bytes, bytes) }
    return { object, depth: found.depth + 1 }
  }
}
