import { expect, it } from 'vitest'
import type { Progress } from '../../../lib/sync/look.ts'
import { createStepLog } from '../../../lib/sync/step-log.ts'
import { createSyncHarness } from '../../fakes/sync-harness.ts'

it('logs one line per step, with the revision as soon as it is known', async () => {
  const harness = createSyncHarness()
  const progress: Progress = {}
  const log = createStepLog(harness.dependencies, await harness.look('a'), progress)
  await log.step('resolve', async () => harness.clock.advance(7))
  progress.revision = { ref: 'main', commit: 'c'.repeat(40) }
  const changes = [{ action: 'create', name: 'a', because: 'missing', versionId: 'v' } as const]
  log.plan({ configId: 'm/shop/a', revision: progress.revision, changes, unchanged: 2, disabled: [] })
  expect(harness.telemetry.lines.map(({ fields }) => fields)).toMatchObject([
    { configId: 'm/shop/a', requestId: 'request-1', step: 'resolve', durationMs: 7 },
    { step: 'plan', revision: `main@sha1:${'c'.repeat(40)}`, counts: { create: 1, unchanged: 2 } },
  ])
  harness.close()
})
