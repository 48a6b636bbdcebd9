import { expect, it } from 'vitest'
import { createRequest } from '../../../../lib/sync/requests/queue-request.ts'
import { createFakeClock } from '../../../fakes/clock.ts'

it('makes a request that nobody has answered', () => {
  const actor = { from: 'api', name: 'ada' } as const
  const dependencies = { clock: createFakeClock(), createRequestId: () => 'r1' }
  expect(createRequest(dependencies, 'm/shop/a', { kind: 'sync', actor })).toEqual({
    requestId: 'r1',
    configId: 'm/shop/a',
    kind: 'sync',
    actor,
    requestedAt: '2026-01-31T08:00:00.000Z',
    state: 'queued',
  })
})
