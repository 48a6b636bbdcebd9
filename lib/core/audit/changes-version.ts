import type { HistoryOutcome } from '../state/records.ts'

/** Whether an outcome gave a secret another version, or ended it: retags and restores alone do neither. */
export function changesVersion({ action, result, versionId }: HistoryOutcome): boolean {
  return result === 'applied' && (versionId !== undefined || action === 'delete' || action === 'released')
}
