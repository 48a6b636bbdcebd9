import { describe, expect, it } from 'vitest'
import { holdGroup } from '../../../../../lib/core/plan/group/hold-group.ts'
import type { Change, Outcome, Plan } from '../../../../../lib/core/plan/plan.ts'

const update = (name: string): Change => {
  return { action: 'update', name, because: 'value-changed', versionId: 'v2', from: 'v1' }
}
const create: Change = { action: 'create', name: 'new', because: 'missing', versionId: 'v1' }
const deletion: Change = {
  action: 'delete',
  name: 'old',
  because: 'no-longer-wanted',
  recoveryWindowDays: 30,
}
const conflict = (name: string, code: 'SecretNotOwned' | 'ReplicaFailed'): Change => {
  return {
    action: 'conflict',
    name,
    because: code === 'ReplicaFailed' ? 'replica-failed' : 'not-marked',
    code,
  }
}
const plan = (...changes: Change[]): Plan => ({
  ...{ configId: 'c/n/a', revision: { ref: 'main', commit: 'a' }, unchanged: 0, disabled: [] },
  changes,
})
const late = (change: Change): Outcome => ({ change, result: 'deferred', code: 'WriteDeferred' })

describe('holdGroup', () => {
  it.each([
    ['nothing stands in the way', plan(create, update('a'), update('b'), deletion), []],
    ['only a copy has failed', plan(update('a'), conflict('a', 'ReplicaFailed')), []],
    ['a parameter is not ours', plan(update('a'), conflict('ssm:/x', 'SecretNotOwned')), []],
    ['what waits is no part of it', plan(update('a')), [late({ ...update('x'), name: 'ssm:/x' })]],
  ])('lets a group go where %s', (_, planned, withheld) => {
    expect(holdGroup({ plan: planned, withheld })).toEqual({ plan: planned, withheld })
  })

  it.each([
    ['one of it has to wait', [], [late(update('b'))]],
    ['a secret is not ours', [conflict('b', 'SecretNotOwned')], []],
  ])('keeps it back, with every deletion, where %s', (_, more, withheld) => {
    const held = holdGroup({ plan: plan(create, update('a'), deletion, ...more), withheld })
    expect(held.plan.changes).toEqual([create, ...more])
    expect(held.withheld).toEqual([
      ...withheld,
      { change: update('a'), result: 'skipped' },
      { change: deletion, result: 'skipped' },
    ])
  })
})
