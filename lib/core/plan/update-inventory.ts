import type { SecretName, SecretSet, VersionId } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { Outcome } from './plan.ts'

/** What a sync did, at the time `at`. */
export interface InventoryUpdate {
  readonly set: SecretSet
  readonly outcomes: readonly Outcome[]
  /** Names that differ from Git and were left so. */
  readonly held?: readonly SecretName[]
  /** Names that are no business of the config any more. */
  readonly released?: ReadonlySet<SecretName>
  /** The uid of the config, which claims what it wants. */
  readonly uid?: string | undefined
  readonly at: IsoTime
}

/**
 * The inventory after a sync: what was written now is in it, what was found as wanted too, and what Git no longer
 * wants stays until it is pruned. `writtenAt` moves with every write, also of tags. In the order of names.
 */
export function updateInventory(
  before: readonly InventoryEntry[],
  { set, outcomes, held = [], released = new Set(), uid, at }: InventoryUpdate,
): readonly InventoryEntry[] {
  const entries = new Map(before.map((entry) => [entry.name, entry]))
  const written = new Map<SecretName, VersionId | undefined>()
  for (const { change, result, versionId } of outcomes) {
    if (result === 'applied') written.set(change.name, versionId ?? written.get(change.name))
  }
  const changed = new Set([...outcomes.map(({ change }) => change.name), ...held])
  for (const { name, versionId } of set.secrets) {
    const known = entries.get(name)
    const claim = { name, ...(uid === undefined ? {} : { uid }) }
    if (written.has(name)) {
      entries.set(name, {
        ...claim,
        versionId: written.get(name) ?? known?.versionId ?? versionId,
        writtenAt: at,
      })
    } else if (known && (changed.has(name) || known.versionId === versionId)) {
      entries.set(name, { ...claim, versionId: known.versionId, writtenAt: known.writtenAt })
    } else if (!changed.has(name)) {
      entries.set(name, { ...claim, versionId, writtenAt: at })
    }
  }
  return [...entries.values()]
    .filter(({ name }) => !released.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}
