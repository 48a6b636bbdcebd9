/** Runs the scheduled pass; what the event of the schedule says is not needed. */
export function createReconcileHandler<Report>(reconcileAll: () => Promise<Report>) {
  return async (_event: unknown): Promise<Report> => await reconcileAll()
}
