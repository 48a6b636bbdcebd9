import type { ReconcileAll, ReconcileReport } from '../../lib/sync/reconcile-all.ts'

/** Runs the scheduled pass; what the event of the schedule says is not needed. `null` where another had the turn. */
export function createReconcileHandler(reconcileAll: ReconcileAll) {
  return async (_event: unknown): Promise<ReconcileReport | null> => await reconcileAll()
}
