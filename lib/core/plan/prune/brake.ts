import type { Pruning } from '../plan.ts'
import type { PrunedDay } from './pruned-days.ts'

/** More than so many deletions, and more than this share of what there was, wait for an approval. */
const freeDeletions = 5
const freeShare = 0.25

/** What the brake judges by: deletions over seven days, these included, and the most secrets in that time. */
export interface Losses {
  readonly deletions: number
  readonly most: number
}

/** Adds `planned` deletions from among `present` secrets to those of the days that count. */
export function countLosses(
  days: readonly PrunedDay[],
  { planned, present }: { readonly planned: number; readonly present: number },
): Losses {
  return {
    deletions: days.reduce((sum, { deletions }) => sum + deletions, planned),
    most: Math.max(present, ...days.map(({ most }) => most)),
  }
}

/** Whether deletions wait for an approval, so that the store is not as Git says. */
export function isBraked(pruning: Pruning | undefined): boolean {
  return pruning?.held === 'share' || pruning?.held === 'last-secret'
}

/** Why deletions are too many to go ahead by themselves; `null` where they are not. */
export function findBrake(
  { deletions, most }: Losses,
  { wanted }: { readonly wanted: number },
): 'last-secret' | 'share' | null {
  if (wanted === 0) return 'last-secret'
  return deletions > freeDeletions && deletions > most * freeShare ? 'share' : null
}
