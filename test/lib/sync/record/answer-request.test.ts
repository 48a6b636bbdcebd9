import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Intent } from '../../../../lib/core/audit/intent.ts'
import { type ErrorCode, SyncError } from '../../../../lib/core/errors.ts'
import type { Outcome } from '../../../../lib/core/plan/plan.ts'
import type { Poke } from '../../../../lib/core/poke.ts'
import type { RequestRecord } from '../../../../lib/core/state/records.ts'
import type { SyncReport } from '../../../../lib/sync/look.ts'
import { answerRequest } from '../../../../lib/sync/record/answer-request.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const report: SyncReport = { configId: 'm/shop/a', result: 'Unchanged', revision: null, outcomes: [] }
const pin = { revision: { ref: 'main', commit: 'c' }, entryAt: '2026-01-31T08:00:00.000Z' }
let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})
afterEach(() => {
  harness.close()
})

/** A report of one change that was not made, and of one that was. */
function partly(code: ErrorCode, result: Outcome['result'] = 'failed'): SyncReport {
  const change = { name: 'b', because: 'value-changed', action: 'update', versionId: 'v' } as const
  const outcomes = [
    { change, result, code },
    { change: { ...change, name: 'c' }, result: 'applied' },
  ] as const
  return { ...report, result: code, outcomes }
}

function fail(code: ErrorCode): SyncReport {
  return { ...report, result: code, error: new SyncError(code) }
}

async function answer(
  kind: RequestRecord['kind'],
  ended: SyncReport,
  more: { readonly intent?: Partial<Intent>; readonly poke?: Partial<Poke> } = {},
) {
  const poke = harness.poke('a', { trigger: 'manual', ...more.poke })
  const { requestId, requestedAt } = poke
  await harness.state.writeRequest({ requestId, configId: poke.id, kind, requestedAt, state: 'queued' }, '9')
  const actor = { from: 'api', name: 'ada' } as const
  const intent = { configId: poke.id, requestId, requestedAt, actor, suspended: false, ...more.intent }
  await answerRequest(harness.dependencies, { poke, intent }, { ...ended, description: 'as the status says' })
  return await harness.state.readRequest(requestId)
}

describe('answerRequest', () => {
  it.each<[RequestRecord['kind'], SyncReport, RequestRecord['state']]>([
    ['sync', report, 'done'],
    ['sync', { ...report, result: 'ReconciliationSucceeded' }, 'done'],
    ['plan', { ...report, result: 'Planned' }, 'done'],
    ['sync', fail('GitRefNotFound'), 'failed'],
    ['sync', partly('SecretNotOwned'), 'failed'],
    ['sync', partly('WriteDeferred', 'deferred'), 'failed'],
    ['sync', { ...report, result: 'PruneBraked' }, 'failed'],
    ['resume', partly('StoreAccessDenied'), 'failed'],
    ['resume', fail('ConfigSuspended'), 'failed'],
    ['rollback', partly('StageMoved'), 'failed'],
    ['rollback', fail('VersionExpired'), 'failed'],
    ['suspend', fail('ConfigSuspended'), 'done'],
    ['suspend', fail('ConfigNotFound'), 'failed'],
  ])('answers a %s that ended with $result: %#', async (kind, ended, state) => {
    const isSuccess = ['Unchanged', 'Planned'].includes(ended.result)
    const result = isSuccess ? 'ReconciliationSucceeded' : ended.result
    expect(await answer(kind, ended)).toMatchObject({ kind, state, result })
  })

  it('says what the status says where changes have failed', async () => {
    expect(await answer('sync', partly('SecretNotOwned'))).toMatchObject({ message: 'as the status says' })
    expect(await answer('sync', report)).not.toHaveProperty('message')
  })

  it.each<[ErrorCode, boolean, RequestRecord['state']]>([
    ['VersionExpired', true, 'done'],
    ['VersionExpired', false, 'failed'],
    ['StageMoved', true, 'failed'],
  ])(
    'answers a rollback that left secrets with %s, partly meant (%s), with %s',
    async (code, partial, state) => {
      const answered = await answer('rollback', partly(code), { intent: { pin: { ...pin, partial } } })
      expect(answered).toMatchObject({ state, result: code })
    },
  )

  it('waits for the last run of a request', async () => {
    expect(await answer('sync', partly('DeadlineReached', 'deferred'))).toMatchObject({ state: 'queued' })
    const poke = { trigger: 'continuation' } as const
    expect(await answer('sync', partly('SecretNotOwned'), { poke })).toMatchObject({
      state: 'failed',
      result: 'SecretNotOwned',
    })
  })

  it.each(['webhook', 'continuation'] as const)('has nobody to answer to after a %s', async (trigger) => {
    await answerRequest(harness.dependencies, { poke: harness.poke('a', { trigger }), intent: null }, report)
    expect(harness.writes).toEqual([])
  })
})
