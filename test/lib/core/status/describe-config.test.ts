import { describe, expect, it } from 'vitest'
import type { ConfigHead, HistoryEntry } from '../../../../lib/core/state/records.ts'
import { createUnseen, describeConfig, summarizeConfig } from '../../../../lib/core/status/describe-config.ts'
import { createHead } from '../../../contracts/state-store.ts'

const commit = 'ec26c3e57ca3a959ca5aad62de7213c562f8c821'
const lastTransitionTime = '2026-01-31T08:00:00.000Z'
const failed: ConfigHead = createHead('demo/shop/app', {
  status: {
    phase: 'Failed',
    description: 'The MAC does not match',
    conditions: [
      { type: 'Stalled', status: 'True', reason: 'SopsMacMismatch', message: '', lastTransitionTime },
      { type: 'Ready', status: 'False', reason: 'SopsMacMismatch', message: '', lastTransitionTime },
    ],
    secretsSynced: 3,
  },
  applied: {
    revision: { ref: 'main', commit },
    specDigest: 's',
    optionDigest: 'o',
    appliedAt: '2026-01-30T08:00:00.000Z',
  },
})

describe('summarizeConfig', () => {
  it('shows what was applied beside what is wrong now', () => {
    expect(summarizeConfig(failed)).toEqual({
      id: 'demo/shop/app',
      phase: 'Failed',
      ready: false,
      reason: 'SopsMacMismatch',
      revision: `main@sha1:${commit}`,
      secrets: 3,
      lastSyncAt: '2026-01-30T08:00:00.000Z',
      remarks: [],
    })
  })

  it('names what else is true, and readiness once', () => {
    const remark = { status: 'True', message: '', lastTransitionTime } as const
    const conditions = [
      { ...remark, type: 'Ready', reason: 'ReconciliationSucceeded' },
      { ...remark, type: 'Pinned', reason: 'ConfigPinned' },
      { ...remark, type: 'Unwanted', reason: 'SecretUnwanted' },
    ] as const
    const pinned = { ...failed, status: { ...failed.status, conditions } }
    expect(summarizeConfig(pinned).remarks).toEqual(['Pinned', 'Unwanted'])
  })

  it('has neither reason nor revision before the first sync', () => {
    expect(summarizeConfig(createHead('demo/shop/app'))).toEqual({
      id: 'demo/shop/app',
      phase: 'Pending',
      ready: false,
      revision: null,
      secrets: 0,
      lastSyncAt: null,
      remarks: [],
    })
  })
})

describe('describeConfig', () => {
  it('adds conditions, what is due and the history', () => {
    const history: HistoryEntry[] = [
      {
        id: 'demo/shop/app',
        at: lastTransitionTime,
        requestId: 'r1',
        trigger: 'webhook',
        revision: null,
        result: 'SopsMacMismatch',
        outcomes: [],
      },
    ]
    expect(describeConfig({ ...failed, nextDueAt: '2026-01-31T08:05:00.000Z' }, history)).toMatchObject({
      ...summarizeConfig(failed),
      description: 'The MAC does not match',
      conditions: failed.status.conditions,
      nextDueAt: '2026-01-31T08:05:00.000Z',
      history,
    })
    expect(describeConfig(failed, [])).toMatchObject({ nextDueAt: null, history: [] })
  })
})

describe('createUnseen', () => {
  it('shows a config that waits for its first look', () => {
    expect(describeConfig(createUnseen('demo/shop/app'), [])).toEqual(
      describeConfig(createHead('demo/shop/app'), []),
    )
  })
})
