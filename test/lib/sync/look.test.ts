import { expect, it } from 'vitest'
import { reportUnchanged } from '../../../lib/sync/look.ts'
import { createSyncHarness } from '../../fakes/sync-harness.ts'

it('reports that there was nothing to do', async () => {
  const harness = createSyncHarness()
  const report = { configId: 'm/shop/a', result: 'Unchanged', revision: null, outcomes: [] }
  expect(reportUnchanged(await harness.look('a'))).toEqual(report)
  harness.close()
})
