import type { WantedSet } from '../../secrets/desired.ts'
import type { InventoryEntry } from '../../state/records.ts'

/**
 * The inventory, drift noted, with a mark on what Git does not name and is ending: it is listed only for the approval
 * that names it. The mark goes with what comes back.
 */
export function markEnded(
  inventory: readonly InventoryEntry[],
  { secrets, disabled }: WantedSet,
): readonly InventoryEntry[] {
  const named = new Set([...secrets.map(({ name }) => name), ...disabled])
  return inventory.map(({ isEnded: _, ...entry }) =>
    entry.drift === 'ending' && !named.has(entry.name) ? { ...entry, isEnded: true } : entry,
  )
}

/** The names of `before` that are the config's no more. */
export function listEnded(
  before: readonly InventoryEntry[],
  after: readonly InventoryEntry[],
): readonly InventoryEntry['name'][] {
  const kept = new Set(after.filter(({ isEnded }) => !isEnded).map(({ name }) => name))
  return before.map(({ name }) => name).filter((name) => !kept.has(name))
}
