import { isParameter } from '../../parameters/parameter-name.ts'
import type { WithheldWrites } from '../pace/withhold-writes.ts'
import type { Change, Outcome } from '../plan.ts'
import { isGroupChange } from './atomic-group.ts'

/**
 * Keeps a group back as long as one of it would not come along: a change that has to wait, or a secret that is not
 * ours to write. Nothing is deleted meanwhile.
 */
export function holdGroup({ plan, withheld }: WithheldWrites): WithheldWrites {
  const isIncomplete =
    withheld.some(({ change, result }) => result === 'deferred' && isGroupChange(change)) ||
    plan.changes.some(isInTheWay)
  if (!isIncomplete) return { plan, withheld }
  const isHeld = (change: Change) => isGroupChange(change) || change.action === 'delete'
  const held = plan.changes.filter(isHeld).map((change): Outcome => ({ change, result: 'skipped' }))
  return {
    plan: { ...plan, changes: plan.changes.filter((change) => !isHeld(change)) },
    withheld: [...withheld, ...held],
  }
}

/** A copy in another region that failed says nothing about the secret, and a parameter is in no group. */
function isInTheWay(change: Change): boolean {
  return change.action === 'conflict' && change.code !== 'ReplicaFailed' && !isParameter(change.name)
}
