import type { Live, Outcome } from '../plan/plan.ts'
import type { SecretName } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'
import { describeFinding, type Finding, type IsOurs } from './finding.ts'

/** What a sync found before it wrote, and what became of its changes. */
export interface EndedLook {
  readonly live: ReadonlyMap<SecretName, Live>
  readonly outcomes: readonly Outcome[]
  readonly isOurs: IsOurs
}

/**
 * The inventory with what a sync has found and left otherwise than the config has written it: held by policy, in
 * conflict, or failed. It is no news to the next sweep.
 */
export function noteDrift(
  inventory: readonly InventoryEntry[],
  { live, outcomes, isOurs }: EndedLook,
): readonly InventoryEntry[] {
  const applied = Map.groupBy(
    outcomes.filter(({ result }) => result === 'applied'),
    ({ change }) => change.name,
  )
  return inventory.map(({ drift: _, ...entry }) => {
    const finding = findAfter(entry, {
      live: live.get(entry.name),
      isOurs,
      applied: applied.get(entry.name) ?? [],
    })
    return finding === entry.versionId ? entry : { ...entry, drift: finding }
  })
}

interface Aftermath {
  readonly live: Live | undefined
  readonly isOurs: IsOurs
  readonly applied: readonly Outcome[]
}

function findAfter(entry: InventoryEntry, { live, isOurs, applied }: Aftermath): Finding {
  const actions = applied.map(({ change }) => change.action)
  if (applied.some(({ versionId }) => versionId !== undefined)) return entry.versionId
  if (actions.includes('delete')) return 'ending'
  if (!live) return 'missing'
  const { deletionAt: _, ...restored } = live
  return describeFinding(
    actions.includes('restore') ? restored : live,
    actions.includes('adopt') ? () => true : isOurs,
  )
}
