import { expect, it } from 'vitest'
import type { ErrorCode } from '../../../../lib/core/errors.ts'
import type { SyncReport } from '../../../../lib/sync/look.ts'
import { continueSync } from '../../../../lib/sync/record/continue-sync.ts'
import { createSyncHarness } from '../../../fakes/sync-harness.ts'

it.each<[ErrorCode, number]>([
  ['DeadlineReached', 1],
  ['StoreThrottled', 0],
])('after %s sends %i continuations', async (code, sent) => {
  const harness = createSyncHarness()
  const change = { action: 'create', name: 'a', because: 'missing', versionId: 'v' } as const
  const report: SyncReport = {
    configId: 'm/shop/a',
    result: code,
    revision: null,
    outcomes: [{ change, result: 'deferred', code }],
  }
  const look = await harness.look('a')
  await continueSync(harness.dependencies, look, report)
  expect(harness.queue.sent.map(({ poke }) => poke)).toEqual(
    Array.from({ length: sent }, () => ({ ...look.poke, trigger: 'continuation' })),
  )
  harness.close()
})
