import type { SecretName } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { KnownVersions } from './known-versions.ts'

/** What is known of a run that ended before it could put an inventory in force. */
export interface EndedRun {
  readonly known: KnownVersions
  /** Names that it had begun to write. */
  readonly begun: readonly SecretName[]
  readonly at: IsoTime
}

/** The inventory with what is known beyond it. In the order of names. */
export function settleInventory(
  inventory: readonly InventoryEntry[],
  { known, begun, at }: EndedRun,
): readonly InventoryEntry[] {
  const kept = inventory.map((entry) => (known.has(entry.name) ? entry : endEntry(entry)))
  const entries = new Map(kept.map((entry) => [entry.name, entry]))
  const touched = new Set(begun)
  for (const [name, versionId] of known) {
    const { drift: _, isEnded, ...entry } = entries.get(name) ?? { name, versionId: undefined }
    if (entry.versionId === versionId && !isEnded && !touched.has(name)) continue
    entries.set(name, { ...entry, name, versionId, writtenAt: at })
  }
  return [...entries.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
}

function endEntry(entry: InventoryEntry): InventoryEntry {
  return entry.isEnded ? entry : { ...entry, isEnded: true }
}
