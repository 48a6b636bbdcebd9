import type { SecretSet } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { Outcome } from './plan.ts'

/**
 * The inventory after a sync: what was written now is in it, what was found as wanted too, and what Git no longer
 * wants stays until it is pruned. In the order of names.
 */
export function updateInventory(
  before: readonly InventoryEntry[],
  {
    set,
    outcomes,
    at,
  }: { readonly set: SecretSet; readonly outcomes: readonly Outcome[]; readonly at: IsoTime },
): readonly InventoryEntry[] {
  const entries = new Map(before.map((entry) => [entry.name, entry]))
  const failed = new Set(
    outcomes.filter(({ result }) => result !== 'applied').map(({ change }) => change.name),
  )
  const written = new Set(
    outcomes.filter(({ versionId }) => versionId !== undefined).map(({ change }) => change.name),
  )
  for (const { name, versionId } of set.secrets) {
    const known = entries.get(name)
    if (failed.has(name) || (known?.versionId === versionId && !written.has(name))) continue
    entries.set(name, { name, versionId, writtenAt: at })
  }
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}
