import type { IsoTime } from '../time.ts'
import type { Condition } from './status.ts'

type NewCondition = Omit<Condition, 'lastTransitionTime'>

/**
 * Conditions with their times: one that has the same status as before keeps its time, whatever its reason says now.
 */
export function stampConditions(
  conditions: readonly NewCondition[],
  before: readonly Condition[],
  at: IsoTime,
): readonly Condition[] {
  return conditions.map((condition) => {
    const known = before.find(({ type }) => type === condition.type)
    const lastTransitionTime = known?.status === condition.status ? known.lastTransitionTime : at
    return { ...condition, lastTransitionTime }
  })
}
