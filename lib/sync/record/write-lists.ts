import { digestJson } from '../../core/config/digest.ts'
import type { ConfigHead, Dependency, InventoryEntry } from '../../core/state/records.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'

const requestNumbers = 1_000

/** The long lists of a config, of which a head names the generation. */
export interface Lists {
  readonly inventory: readonly InventoryEntry[]
  readonly dependencies: readonly Dependency[]
}

/**
 * Writes a new generation of lists. It is numbered by the time of the look and by its request: two runs that began with
 * the same head, even at once, never write over each other's lists, whichever of them the next head will name.
 * @returns the generation
 */
export async function writeLists(
  { state }: Pick<SyncDependencies, 'state'>,
  { poke, head, startedAt }: Pick<Look, 'poke' | 'startedAt'> & { readonly head: ConfigHead | null },
  { inventory, dependencies }: Lists,
): Promise<number> {
  const number = startedAt * requestNumbers + numberRequest(poke.requestId)
  const generation = Math.max((head?.generation ?? 0) + 1, number)
  await state.writeInventory(poke.id, generation, inventory)
  await state.writeDependencies(poke.id, generation, dependencies)
  return generation
}

function numberRequest(requestId: string): number {
  return Number.parseInt(digestJson(requestId).slice(0, 8), 16) % requestNumbers
}
