import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Delivery } from '../../../../lib/core/state/records.ts'
import { findActor } from '../../../../lib/sync/record/find-actor.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const commit = 'a'.repeat(40)
const tomorrow = '2026-02-01T08:00:00.000Z'
const delivery: Delivery = {
  hash: 'h',
  host: 'github',
  event: 'push',
  receivedAt: '2026-01-31T08:00:00.000Z',
  repositories: [],
  requestId: 'h',
  actor: { from: 'push', name: 'octocat' },
  commits: [commit],
  result: 'queued',
}
let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

describe('findActor', () => {
  it('is the caller of the request', async () => {
    const { requestedAt, id: configId } = harness.poke('a')
    const actor = { from: 'api', name: 'ada' } as const
    await harness.state.writeRequest(
      { requestId: 'r', configId, kind: 'sync', actor, requestedAt, state: 'queued' },
      tomorrow,
    )
    expect(await findActor(harness, { requestId: 'r', revision: null })).toEqual(actor)
  })

  it.each([
    [{ ref: 'main', commit }, delivery.actor],
    [{ ref: 'main', commit: 'b'.repeat(40) }, undefined],
    [null, undefined],
  ])('takes the word of a push for its own commits only: %j', async (revision, actor) => {
    await harness.state.writeDelivery(delivery, tomorrow)
    expect(await findActor(harness, { requestId: 'h', revision })).toEqual(actor)
  })

  it('is nobody where the schedule looked', async () => {
    const revision = { ref: 'main', commit }
    expect(await findActor(harness, { requestId: 'schedule-1', revision })).toBeUndefined()
  })
})
