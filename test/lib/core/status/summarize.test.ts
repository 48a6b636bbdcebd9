import { describe, expect, it } from 'vitest'
import { type ErrorCode, SyncError } from '../../../../lib/core/errors.ts'
import type { Outcome, Plan } from '../../../../lib/core/plan/plan.ts'
import {
  summarizeFailure,
  summarizeOutcomes,
  summarizeProgress,
  summarizeSuspension,
} from '../../../../lib/core/status/summarize.ts'

const at = '2026-01-02T00:00:00.000Z'
const occasion = { before: undefined, at, observedGeneration: 3 }

function outcome(name: string, result: Outcome['result'], code?: ErrorCode): Outcome {
  const change = { action: 'create', name, because: 'missing', versionId: 'v' } as const
  return { change, result, ...(code === undefined ? {} : { code }) }
}

const nothing: Plan = {
  configId: 'm/n/c',
  revision: { ref: 'main', commit: 'a'.repeat(40) },
  changes: [],
  unchanged: 2,
  disabled: [],
}

function ended(outcomes: Outcome[], ignoredFields: string[] = []) {
  const plan: Plan = { ...nothing, changes: outcomes.map(({ change }) => change) }
  return summarizeOutcomes(occasion, { plan, outcomes, ignoredFields })
}

describe('summarizeOutcomes', () => {
  it.each<[string, Outcome[], object]>([
    ['all is well', [outcome('a', 'applied')], { phase: 'Ready', secretsSynced: 3 }],
    ['nothing was to be done', [], { phase: 'Ready', secretsSynced: 2, observedGeneration: 3 }],
    [
      'one failed',
      [outcome('a', 'applied'), outcome('b', 'failed', 'SecretNotOwned')],
      { phase: 'PartialFailure', secretsSynced: 3 },
    ],
    [
      'one was deferred',
      [outcome('a', 'deferred', 'DeadlineReached')],
      { phase: 'Retrying', secretsSynced: 2 },
    ],
  ])('gives the phase when %s', (_, outcomes, expected) => {
    expect(ended(outcomes)).toMatchObject(expected)
  })

  it('waits for an approval when the brake holds, and counts no deletion as synced', () => {
    const pruning = { unwanted: ['x'], digest: 'd', deletions: 9, most: 9 }
    const deletion = {
      action: 'delete',
      name: 'x',
      because: 'no-longer-wanted',
      recoveryWindowDays: 7,
    } as const
    const plan = { ...nothing, pruning }
    const braked = { plan: { ...plan, pruning: { ...pruning, held: 'share' } as const }, outcomes: [] }
    expect(summarizeOutcomes(occasion, { ...braked, ignoredFields: [] })).toMatchObject({
      phase: 'Retrying',
      conditions: [
        { type: 'Ready', status: 'False', reason: 'PruneBraked' },
        { type: 'Reconciling', status: 'True' },
      ],
    })
    const outcomes: Outcome[] = [{ change: deletion, result: 'applied' }]
    expect(summarizeOutcomes(occasion, { plan, outcomes, ignoredFields: [] })).toMatchObject({
      phase: 'Ready',
      secretsSynced: 2,
    })
  })

  it('names what stalls before what passes by itself', () => {
    const { conditions } = ended([
      outcome('a', 'failed', 'StoreThrottled'),
      outcome('b', 'failed', 'SecretNotOwned'),
    ])
    expect(conditions).toMatchObject([
      { type: 'Ready', status: 'False', reason: 'SecretNotOwned' },
      { type: 'Stalled', status: 'True', reason: 'SecretNotOwned' },
    ])
  })

  it('names ignored fields once', () => {
    expect(ended([], ['spec.otel']).conditions).toMatchObject([
      { type: 'Ready', status: 'True', reason: 'ReconciliationSucceeded', lastTransitionTime: at },
      { type: 'FieldsIgnored', reason: 'ConfigFieldIgnored', message: expect.stringContaining('spec.otel') },
    ])
  })
})

describe('summarizeFailure', () => {
  it.each([
    ['SopsMacMismatch', 'Failed', 'Stalled'],
    ['GitRefNotFound', 'Retrying', 'Reconciling'],
    ['GitUnavailable', 'Retrying', 'Reconciling'],
  ] as const)('%s ends as %s', (code, phase, type) => {
    expect(summarizeFailure(occasion, new SyncError(code))).toMatchObject({
      phase,
      conditions: [
        { type: 'Ready', status: 'False', reason: code },
        { type, status: 'True', reason: code },
      ],
    })
  })
})

describe('summarizeSuspension', () => {
  it('is neither ready nor stalled', () => {
    const status = summarizeSuspension({ before: ended([]), at }, { code: 'ConfigSuspended' }, null)
    expect(status).toMatchObject({ phase: 'Suspended', secretsSynced: 2 })
    expect(status.conditions.map(({ type }) => type)).toEqual(['Ready'])
  })
})

describe('summarizeProgress', () => {
  it('keeps the Ready condition of before', () => {
    expect(summarizeProgress({ before: ended([]), at }).conditions).toMatchObject([
      { type: 'Ready', status: 'True' },
      { type: 'Reconciling', status: 'True' },
    ])
    expect(summarizeProgress(occasion).conditions[0]).toMatchObject({ type: 'Ready', status: 'Unknown' })
  })
})
