import { expect, it, vi } from 'vitest'
import { createLambdaContext } from '../../../cli/runner/lambda-context.ts'
import { createReconcileHandler } from '../../../functions/reconcile/handler.ts'
import { createFakeClock } from '../../fakes/clock.ts'

it('runs one pass for as long as the function may, and reports what it did', async () => {
  const report = { configs: 2, repositories: 1, sweeps: 0 }
  const reconcileAll = vi.fn(async () => report)
  const clock = createFakeClock(1_000)
  const handle = createReconcileHandler(reconcileAll, clock)
  expect(
    await handle({ 'detail-type': 'Scheduled Event' }, createLambdaContext('reconcile', 60_000, clock)),
  ).toEqual(report)
  expect(reconcileAll).toHaveBeenCalledWith({ deadlineAt: 61_000 })
})
