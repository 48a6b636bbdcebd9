import type { ConfigHead, Dependency, InventoryEntry } from '../core/state/records.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Look } from './look.ts'

/** The long lists of a config, of which a head names the generation. */
export interface Lists {
  readonly inventory: readonly InventoryEntry[]
  readonly dependencies: readonly Dependency[]
}

/**
 * Writes a new generation of lists. It is numbered by the time of the look: two runs that began with the same head
 * never write over each other's lists, whichever of them the next head will name.
 * @returns the generation
 */
export async function writeLists(
  { state }: Pick<SyncDependencies, 'state'>,
  { poke, head, startedAt }: Pick<Look, 'poke' | 'startedAt'> & { readonly head: ConfigHead | null },
  { inventory, dependencies }: Lists,
): Promise<number> {
  const generation = Math.max((head?.generation ?? 0) + 1, startedAt)
  await state.writeInventory(poke.id, generation, inventory)
  await state.writeDependencies(poke.id, generation, dependencies)
  return generation
}
