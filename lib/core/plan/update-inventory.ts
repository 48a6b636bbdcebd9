import type { SecretName, WantedSet } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import type { Change, Outcome } from './plan.ts'

/** What a sync did, at the time `at`. */
export interface InventoryUpdate {
  readonly set: WantedSet
  readonly outcomes: readonly Outcome[]
  /** Names that differ from Git and were left so. */
  readonly held?: readonly SecretName[]
  /** Names that are no business of the config any more. */
  readonly released?: ReadonlySet<SecretName>
  /** Names that the sync had begun to write, whatever came of it. */
  readonly begun?: ReadonlySet<SecretName>
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
  { set, outcomes, held = [], released = new Set(), begun = new Set(), uid, at }: InventoryUpdate,
): readonly InventoryEntry[] {
  const entries = new Map(before.map((entry) => [entry.name, entry]))
  const byName = Map.groupBy(outcomes, ({ change }) => change.name)
  const heldNames = new Set(held)
  for (const { name, versionId: wanted, origin = entries.get(name)?.origin } of set.secrets) {
    const known = entries.get(name)
    const own = byName.get(name) ?? []
    const versionId = heldNames.has(name) || own.some(leavesVersion) ? known?.versionId : wanted
    if (versionId === undefined) continue
    const isTouched = begun.has(name) || own.some(({ result }) => result === 'applied')
    const isSame = known?.versionId === versionId && !isTouched
    const writtenAt = isSame ? known.writtenAt : at
    const claim = { ...(uid === undefined ? {} : { uid }), ...(origin && { origin }) }
    entries.set(name, { name, ...claim, versionId, writtenAt })
  }
  return [...entries.values()]
    .filter(({ name }) => !released.has(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

/** What is set beside the version, and says nothing of it where it fails. */
const besideVersion: readonly Change['action'][] = ['retag', 'amend', 'replicate', 'unreplicate']

/** Whether the secret has not got the version that Git wants. */
function leavesVersion({ change, result, code }: Outcome): boolean {
  return result !== 'applied' && !besideVersion.includes(change.action) && code !== 'ReplicaFailed'
}
