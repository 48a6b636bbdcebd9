import { expect, it } from 'vitest'
import { createReconcileHandler } from '../../../functions/reconcile/handler.ts'

it('runs one pass and reports what it did', async () => {
  const handle = createReconcileHandler(async () => ({ configs: 2, repositories: 1 }))
  expect(await handle({ 'detail-type': 'Scheduled Event' })).toEqual({ configs: 2, repositories: 1 })
})
