import type { InventoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { KnownVersions } from './known-versions.ts'

/**
 * The inventory with what is known beyond it, since a run ended before it could put its own in force. In the order of
 * names.
 */
export function settleInventory(
  inventory: readonly InventoryEntry[],
  known: KnownVersions,
  at: IsoTime,
): readonly InventoryEntry[] {
  const kept = inventory.map((entry) => (known.has(entry.name) ? entry : endEntry(entry)))
  const entries = new Map(kept.map((entry) => [entry.name, entry]))
  for (const [name, versionId] of known) {
    const { drift: _, isEnded, ...entry } = entries.get(name) ?? { name, versionId: undefined }
    if (entry.versionId === versionId && !isEnded) continue
    entries.set(name, { ...entry, name, versionId, writtenAt: at })
  }
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function endEntry(entry: InventoryEntry): InventoryEntry {
  return entry.isEnded ? entry : { ...entry, isEnded: true }
}
