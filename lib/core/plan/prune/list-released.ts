import type { SecretName, WantedSet } from '../../secrets/desired.ts'
import type { InventoryEntry } from '../../state/records.ts'
import type { Standing } from '../judge-standing.ts'
import type { Live, Outcome, Plan } from '../plan.ts'

/** What a sync found and did. */
export interface EndedSync {
  readonly plan: Plan
  readonly outcomes: readonly Outcome[]
  readonly set: WantedSet
  readonly live: ReadonlyMap<SecretName, Live>
  readonly standingOf: (live: Live) => Standing
}

/**
 * Names in the inventory that are no business of the config any more: unwanted, and gone, somebody else's, or
 * scheduled for deletion. The last stay listed until all that belongs to their digest is scheduled, so that an approval
 * holds until it is carried out.
 */
export function listReleased(
  inventory: readonly Pick<InventoryEntry, 'name'>[],
  { plan, outcomes, set, live, standingOf }: EndedSync,
): ReadonlySet<SecretName> {
  const named = new Set([...set.secrets.map(({ name }) => name), ...set.disabled])
  const deleted = new Set(
    outcomes
      .filter(({ change, result }) => change.action === 'delete' && result === 'applied')
      .map(({ change }) => change.name),
  )
  const isComplete = (plan.pruning?.unwanted ?? []).every((name) => deleted.has(name))
  const isReleased = (name: SecretName) => {
    const secret = live.get(name)
    if (!secret) return true
    const standing = standingOf(secret)
    if (standing.kind !== 'ours')
      return standing.kind === 'adoptable' || standing.code !== 'SecretManagedElsewhere'
    return isComplete && (secret.deletionAt !== undefined || deleted.has(name))
  }
  return new Set(inventory.map(({ name }) => name).filter((name) => !named.has(name) && isReleased(name)))
}
