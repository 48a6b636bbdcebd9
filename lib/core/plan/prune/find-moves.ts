import type { Origin, SecretName, Wanted } from '../../secrets/desired.ts'
import type { InventoryEntry } from '../../state/records.ts'

/** A value that Git has under another name than before: prefix, template or layout have changed. */
export interface Move {
  readonly from: SecretName
  readonly to: SecretName
}

/**
 * The secrets that Git no longer names while it has their values under other names. With another layout several secrets
 * become one, or one becomes several: then each pair is a move.
 */
export function findMoves(
  unwanted: readonly SecretName[],
  {
    inventory,
    wanted,
  }: {
    readonly inventory: readonly Pick<InventoryEntry, 'name' | 'origin'>[]
    readonly wanted: readonly Pick<Wanted, 'name' | 'origin'>[]
  },
): readonly Move[] {
  const origins = new Map(inventory.map(({ name, origin }) => [name, origin]))
  const byObject = Map.groupBy(
    wanted.filter(({ origin }) => origin !== undefined),
    ({ origin }) => (origin ? formatObject(origin) : ''),
  )
  return unwanted.flatMap((from) => {
    const origin = origins.get(from)
    if (!origin) return []
    const candidates = byObject.get(formatObject(origin)) ?? []
    return candidates.filter((to) => isSameValue(origin, to.origin)).map(({ name: to }) => ({ from, to }))
  })
}

function formatObject({ kind, name }: Origin): string {
  return `${kind} ${name}`
}

/** An origin without a key is the object as a whole, and every key of it. */
function isSameValue(one: Origin, other: Origin | undefined): boolean {
  return one.key === undefined || other?.key === undefined || one.key === other.key
}
