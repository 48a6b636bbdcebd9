import { describe, expect, it } from 'vitest'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import { describeResource, showsStatus } from '../../../../lib/core/status/resource-status.ts'
import type { Condition, ConfigStatus } from '../../../../lib/core/status/status.ts'
import { createHead } from '../../../contracts/state-store.ts'

const at = '2026-01-31T08:00:00.000Z'
const commit = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const status = (reason: Condition['reason'], changes: Partial<ConfigStatus> = {}): ConfigStatus => ({
  phase: reason === 'ReconciliationSucceeded' ? 'Ready' : 'Failed',
  description: 'd',
  conditions: [{ type: 'Ready', status: 'False', reason, message: '', lastTransitionTime: at }],
  secretsSynced: 3,
  lastReconcileTime: at,
  ...changes,
})
const describe_ = (changes: Partial<ConfigHead>) => describeResource(createHead('prod/shop/app', changes))
const watcher = { configId: 'c', ref: { head: true }, url: 'u', pullIntervalMs: 300_000 } as const

describe('describeResource', () => {
  it('tells the revision, the annotation that was obeyed, and when the next look is', () => {
    const head = {
      status: status('ReconciliationSucceeded'),
      applied: { revision: { ref: 'main', commit }, specDigest: '', optionDigest: '', appliedAt: at },
      handledReconcileAt: '1700000000',
      watching: { repositoryKey: 'k', watcher },
    }
    expect(describe_(head)).toMatchObject({
      phase: 'Ready',
      secretsSynced: 3,
      lastAppliedRevision: `main@sha1:${commit}`,
      lastHandledReconcileAt: '1700000000',
      nextReconcileTime: '2026-01-31T08:05:00.000Z',
    })
    expect(describe_({ ...head, nextDueAt: at }).nextReconcileTime).toBe(at)
    const suspended = status('ConfigSuspended', { phase: 'Suspended' })
    expect(describe_({ ...head, status: suspended })).not.toHaveProperty('nextReconcileTime')
  })

  it.each([
    ['ReconciliationSucceeded', 'Success'],
    ['SopsMacMismatch', 'PermanentFailure'],
    ['SopsKeyServiceUnavailable', 'TransientFailure'],
    ['GitUnavailable', 'NotApplicable'],
  ] as const)('says of %s that decryption is %s', (reason, expected) => {
    expect(describe_({ status: status(reason) }).decryptionStatus).toBe(expected)
  })
})

describe('showsStatus', () => {
  const wanted = describe_({ status: status('ReconciliationSucceeded') })

  it('does not mind when a look was, nor fields of others', () => {
    expect(showsStatus({ ...wanted, lastReconcileTime: 'x', nextReconcileTime: 'y', sync: {} }, wanted)).toBe(
      true,
    )
  })

  it('does not mind the order of conditions', () => {
    const [ready] = wanted.conditions
    const stalled = { ...ready, type: 'Stalled' }
    const two = { ...wanted, conditions: [ready, stalled] } as typeof wanted
    expect(showsStatus({ ...wanted, conditions: [stalled, ready] }, two)).toBe(true)
  })

  it.each([
    [undefined],
    [null],
    ['text'],
    [{}],
    [{ ...wanted, secretsSynced: 4 }],
    [{ ...wanted, lastHandledReconcileAt: '1' }],
    [{ ...wanted, conditions: [] }],
  ])('finds a difference to %j', (shown) => {
    expect(showsStatus(shown, wanted)).toBe(false)
  })
})
