import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import { answerRequest } from '../../../lib/sync/answer-request.ts'
import type { SyncReport } from '../../../lib/sync/look.ts'
import { createSyncHarness } from '../../fakes/sync-harness.ts'

const report: SyncReport = { configId: 'm/shop/a', result: 'Unchanged', revision: null, outcomes: [] }
const error = new SyncError('GitRefNotFound', { data: { ref: 'main' } })

describe('answerRequest', () => {
  it.each([
    ['a manual poke', report, { state: 'done', result: 'ReconciliationSucceeded' }],
    ['a failed one', { ...report, result: error.code, error }, { state: 'failed', result: 'GitRefNotFound' }],
  ])('answers %s', async (_, ended, expected) => {
    const harness = createSyncHarness()
    const poke = harness.poke('a', { trigger: 'manual' })
    await answerRequest(harness.dependencies, { poke, intent: null }, ended)
    expect(await harness.state.readRequest(poke.requestId)).toMatchObject({ kind: 'sync', ...expected })
    harness.close()
  })

  it('has nothing to answer where nobody asked', async () => {
    const harness = createSyncHarness()
    await answerRequest(harness.dependencies, { poke: harness.poke('a'), intent: null }, report)
    expect(harness.writes).toEqual([])
    harness.close()
  })
})
