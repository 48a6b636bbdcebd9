import { describe, expect, it } from 'vitest'
import { type EndedRun, listEvents } from '../../../../lib/core/audit/list-events.ts'
import type { Change, Outcome, Plan } from '../../../../lib/core/plan/plan.ts'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'

const revision = { ref: 'main', commit: 'a'.repeat(40) }
const update: Change = { action: 'update', name: 'x', because: 'value-changed', versionId: 'v' }
const deletion: Change = { action: 'delete', name: 'y', because: 'no-longer-wanted', recoveryWindowDays: 7 }
const applied = (change: Change): Outcome => ({ change, result: 'applied' })
const plan = (part: Partial<Plan> = {}): Plan => ({
  configId: 's/n/a',
  revision,
  changes: [],
  unchanged: 3,
  disabled: [],
  ...part,
})
const run = (part: Partial<EndedRun> = {}): EndedRun => ({
  result: 'ReconciliationSucceeded',
  revision,
  plan: plan(),
  outcomes: [],
  ...part,
})
const mark = { revision, specDigest: '', optionDigest: '' }

/** A head whose last look ended so. */
function head(reason: EndedRun['result'], commit = revision.commit): ConfigHead {
  const at = '2026-01-31T08:00:00.000Z'
  const ready = { type: 'Ready', status: 'False', reason, message: '', lastTransitionTime: at } as const
  const seen = { ...mark, revision: { ...revision, commit } }
  return {
    schema: 1,
    id: 's/n/a',
    status: { phase: 'Ready', description: '', conditions: [ready as never], secretsSynced: 0 },
    attempt: 0,
    generation: 1,
    attempted: seen,
    applied: { ...seen, appliedAt: at },
  }
}

const kinds = (before: ConfigHead | null, ended: EndedRun) =>
  listEvents(before, ended).map(({ kind }) => kind)

describe('listEvents', () => {
  it('tells of a sync that changed something, or that saw a new commit', () => {
    const changed = run({ outcomes: [applied(update), applied(update)] })
    expect(listEvents(head('ReconciliationSucceeded'), changed)).toEqual([
      { kind: 'synced', counts: { update: 2, unchanged: 3 } },
    ])
    expect(kinds(null, run())).toEqual(['synced'])
    expect(kinds(head('ReconciliationSucceeded', 'b'), run())).toEqual(['synced'])
    expect(kinds(head('ReconciliationSucceeded'), run())).toEqual([])
  })

  it('tells of a failure once, and of the next commit that fails', () => {
    const failed = run({ result: 'SecretNotOwned', outcomes: [{ change: update, result: 'failed' }] })
    expect(listEvents(head('ReconciliationSucceeded'), failed)).toEqual([
      { kind: 'failed', code: 'SecretNotOwned', counts: { failed: 1 } },
    ])
    expect(kinds(head('SecretNotOwned'), failed)).toEqual([])
    expect(kinds(head('SecretNotOwned', 'b'), failed)).toEqual(['failed'])
  })

  it('tells of a branch that went back and is held, once', () => {
    const held = run({ result: 'HistoryRewound' })
    expect(listEvents(head('ReconciliationSucceeded', 'b'), held)).toEqual([
      { kind: 'rewound', code: 'HistoryRewound', counts: {} },
    ])
    expect(kinds(head('HistoryRewound'), held)).toEqual([])
  })

  it.each([
    'ConfigSuspended',
    'SourceSuspended',
    'DeadlineReached',
    'WriteDeferred',
    'Unchanged',
    'Planned',
  ] as const)('takes %s for no failure', (result) => {
    expect(kinds(head('ReconciliationSucceeded'), run({ result }))).toEqual([])
  })

  it('tells of a brake once, and of what was deleted', () => {
    const pruning = { unwanted: ['y', 'z'], digest: 'd', deletions: 6, most: 9, held: 'share' } as const
    const braked = run({ result: 'PruneBraked', plan: plan({ pruning }) })
    expect(listEvents(head('ReconciliationSucceeded'), braked)).toEqual([
      { kind: 'braked', code: 'PruneBraked', counts: { deletions: 6, most: 9, waiting: 2 } },
    ])
    expect(kinds(head('PruneBraked'), braked)).toEqual([])
    expect(listEvents(head('PruneBraked'), run({ outcomes: [applied(deletion)] }))).toEqual([
      { kind: 'synced', counts: { delete: 1, unchanged: 3 } },
      { kind: 'pruned', counts: { deletions: 1 } },
    ])
  })

  it('tells of drift and of a rewind, without names', () => {
    const drift = [{ name: 'canary', kind: 'edited', finding: 'x', isKnown: false, repaired: true }] as const
    const events = listEvents(head('ReconciliationSucceeded', 'b'), run({ drift, isRewound: true }))
    expect(events).toMatchObject([
      { kind: 'rewound' },
      { kind: 'drifted', counts: { edited: 1, missing: 0, ending: 0, repaired: 1 } },
      { kind: 'synced' },
    ])
    expect(JSON.stringify(events)).not.toContain('canary')
  })
})
