import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { SyncError } from '../../../lib/core/errors.ts'
import { createRequests, type Requests } from '../../../lib/sync/requests.ts'
import { createSyncHarness, type SyncHarness } from '../../fakes/sync-harness.ts'

const id = 'm/shop/a'
const ada = { from: 'api', name: 'ada' } as const
const bob = { from: 'api', name: 'bob' } as const
const requestedAt = '2026-01-31T08:00:00.000Z'
let harness: SyncHarness
let requests: Requests

beforeEach(() => {
  harness = createSyncHarness()
  let count = 0
  requests = createRequests({
    ...harness,
    createRequestId: () => {
      count += 1
      return `r${count}`
    },
  })
})

afterEach(() => {
  harness.close()
})

describe('a request', () => {
  it.each([
    ['sync', {}],
    ['plan', { planOnly: true }],
    ['suspend', {}],
    ['resume', {}],
  ] as const)('for a %s is recorded with its caller, and pokes the config', async (kind, fields) => {
    const request = { requestId: 'r1', configId: id, kind, actor: ada, requestedAt, state: 'queued' }
    expect(await requests[kind](id, ada)).toEqual(request)
    expect(await harness.state.readRequest('r1')).toEqual(request)
    const poke = { v: 1, kind: 'config', id, trigger: 'manual', requestId: 'r1', requestedAt, ...fields }
    expect(harness.queue.sent).toEqual([{ dedupId: 'r1', poke }])
  })

  it('pokes nobody where it cannot be recorded', async () => {
    const writeRequest = async () => {
      throw new SyncError('StateUnavailable')
    }
    const state = { ...harness.state, writeRequest }
    const failing = createRequests({ ...harness, state, createRequestId: () => 'r1' })
    await expect(failing.sync(id, ada)).rejects.toMatchObject({ code: 'StateUnavailable' })
    expect(harness.queue.sent).toEqual([])
  })

  it('to suspend stays until one to resume lifts it', async () => {
    await requests.suspend(id, ada)
    const suspended = { configId: id, requestId: 'r1', requestedAt, actor: ada, suspended: true }
    expect(await harness.state.readIntent(id)).toEqual(suspended)
    await requests.suspend(id, bob)
    expect(await harness.state.readIntent(id)).toEqual(suspended)
    await requests.resume(id, bob)
    expect(await harness.state.readIntent(id)).toMatchObject({
      requestId: 'r3',
      actor: bob,
      suspended: false,
    })
    await requests.resume(id, ada)
    expect(await harness.state.readIntent(id)).toMatchObject({ requestId: 'r3' })
  })

  it('leaves intents alone that do not concern it', async () => {
    await requests.sync(id, ada)
    await requests.plan(id, ada)
    await requests.resume(id, ada)
    expect(await harness.state.readIntent(id)).toBeNull()
  })
})
