import type { Context } from 'aws-lambda'
import type { Clock } from '../../lib/ports.ts'
import type { ReconcileAll, ReconcileReport } from '../../lib/sync/reconcile-all.ts'

/** Runs the scheduled pass; what the event of the schedule says is not needed. `null` where another had the turn. */
export function createReconcileHandler(reconcileAll: ReconcileAll, clock: Pick<Clock, 'now'>) {
  return async (_event: unknown, context: Context): Promise<ReconcileReport | null> =>
    await reconcileAll({ deadlineAt: clock.now() + context.getRemainingTimeInMillis() })
}
