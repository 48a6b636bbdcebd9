import type { SecretName, VersionId } from '../secrets/desired.ts'
import type { HistoryEntry, InventoryEntry } from '../state/records.ts'

/** Which version of each secret the config has written last. */
export type KnownVersions = ReadonlyMap<SecretName, VersionId>

/**
 * What is known of a config: its inventory, and what entries of its history say that are newer than the inventory,
 * since the run that added them ended before it could put the inventory in force.
 */
export function listKnownVersions(
  inventory: readonly InventoryEntry[],
  newerEntries: readonly HistoryEntry[],
): KnownVersions {
  const known = new Map(
    inventory.flatMap(({ name, versionId, isEnded }) => (isEnded ? [] : [[name, versionId]])),
  )
  const oldestFirst = [...newerEntries].sort((a, b) => (a.at < b.at ? -1 : 1))
  for (const { action, name, result, versionId } of oldestFirst.flatMap(({ outcomes }) => outcomes)) {
    if (result !== 'applied') continue
    if (action === 'delete' || action === 'released') known.delete(name)
    else if (versionId !== undefined) known.set(name, versionId)
  }
  return known
}
