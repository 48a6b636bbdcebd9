import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RequestRecord } from '../../../../lib/core/state/records.ts'
import { changeIntent } from '../../../../lib/sync/requests/change-intent.ts'
import { createIntent } from '../../../contracts/state-intents.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const request: RequestRecord = {
  requestId: 'r1',
  configId: 'c/n/a',
  kind: 'suspend',
  actor: { from: 'api', name: 'ada' },
  requestedAt: '2026-01-31T08:00:00.000Z',
  state: 'queued',
}
let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

describe('changeIntent', () => {
  it('gives up where somebody else has changed the intent at the same time', async () => {
    await harness.state.writeIntent(createIntent(), null)
    const state = { ...harness.state, readIntent: async () => null }
    await expect(changeIntent({ state }, request, () => ({ suspended: true }))).rejects.toMatchObject({
      code: 'StateConflict',
    })
    expect(await harness.state.readIntent('c/n/a')).toEqual(createIntent())
  })

  it('writes nothing without somebody who answers for it', async () => {
    const { actor: _, ...anonymous } = request
    await expect(changeIntent(harness, anonymous, () => ({ suspended: true }))).rejects.toMatchObject({
      code: 'InternalError',
    })
    expect(harness.writes).toEqual([])
  })
})
