import { describe, expect, it } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import type { RequestRecord } from '../../../lib/core/state/records.ts'
import { createRequestSync, type RequestSyncDependencies } from '../../../lib/sync/request-sync.ts'
import { createFakeClock } from '../../fakes/clock.ts'
import { createRecordingQueue } from '../../fakes/recording-queue.ts'

function setUp(part: Partial<RequestSyncDependencies> = {}) {
  const written: [RequestRecord, string][] = []
  const queue = createRecordingQueue()
  const requestSync = createRequestSync({
    state: { writeRequest: async (...item) => void written.push(item) },
    queue,
    clock: createFakeClock(),
    createRequestId: () => 'r1',
    ...part,
  })
  return { requestSync, queue, written }
}

describe('createRequestSync', () => {
  it.each([
    ['sync', {}],
    ['plan', { planOnly: true }],
  ] as const)('records a request for a %s for a day and pokes the config', async (kind, fields) => {
    const { requestSync, queue, written } = setUp()
    const requestedAt = '2026-01-31T08:00:00.000Z'
    const request = { requestId: 'r1', configId: 'demo/shop/app', kind, requestedAt, state: 'queued' }
    expect(await requestSync('demo/shop/app', kind)).toEqual(request)
    expect(written).toEqual([[request, '2026-02-01T08:00:00.000Z']])
    const poke = {
      v: 1,
      kind: 'config',
      id: 'demo/shop/app',
      trigger: 'manual',
      requestId: 'r1',
      requestedAt,
    }
    expect(queue.sent).toEqual([{ dedupId: 'r1', poke: { ...poke, ...fields } }])
  })

  it('does not poke where the request cannot be recorded', async () => {
    const writeRequest = async () => {
      throw new SyncError('StateUnavailable')
    }
    const { requestSync, queue } = setUp({ state: { writeRequest } })
    await expect(requestSync('demo/shop/app', 'sync')).rejects.toMatchObject({ code: 'StateUnavailable' })
    expect(queue.sent).toEqual([])
  })
})
