import { expect, it } from 'vitest'
import { createReconcileHandler } from '../../../functions/reconcile/handler.ts'

it('runs one pass and reports what it did', async () => {
  const report = { configs: 2, repositories: 1, sweeps: 0 }
  const handle = createReconcileHandler(async () => report)
  expect(await handle({ 'detail-type': 'Scheduled Event' })).toEqual(report)
})
