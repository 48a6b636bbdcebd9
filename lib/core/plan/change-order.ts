import type { Change } from './plan.ts'

const order: readonly Change['action'][] = [
  'restore',
  'adopt',
  'create',
  'amend',
  'update',
  'relabel',
  'retag',
  'replicate',
  'unreplicate',
  'delete',
  'conflict',
]

/** Orders changes as they are carried out; of two that go out together, neither comes first. */
export function compareChanges(one: Change, other: Change): number {
  return rank(one) - rank(other)
}

/** Updates and relabels go out together. */
function rank({ action }: Change): number {
  return order.indexOf(action === 'relabel' ? 'update' : action)
}
