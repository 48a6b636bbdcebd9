import { describe, expect, it } from 'vitest'
import { describeChanges } from '../../../../lib/core/audit/describe-changes.ts'
import type { Drift } from '../../../../lib/core/drift/list-drift.ts'
import type { Change, Outcome } from '../../../../lib/core/plan/plan.ts'

const update: Change = { action: 'update', name: 'a', because: 'value-changed', versionId: 'a2', from: 'x' }
const retag: Change = { action: 'retag', name: 'a', because: 'tags-changed' }
const origin = { kind: 'Secret', name: 's', key: 'k' } as const
const wanted = ['a', 'b'].map((name) => ({ name, origin }))
const entry = (name: string, versionId: string) => ({ name, versionId, writtenAt: '' })

describe('describeChanges', () => {
  it('says what was before, as the config knows it, and where the value comes from', () => {
    const outcomes: Outcome[] = [
      { change: update, result: 'applied', versionId: 'a2' },
      { change: retag, result: 'deferred', code: 'StoreThrottled' },
    ]
    const known = new Map([['a', 'a1']])
    expect(describeChanges({ outcomes, known, inventory: [entry('a', 'a2')], wanted })).toEqual([
      { action: 'update', name: 'a', result: 'applied', versionId: 'a2', from: 'a1', origin },
      { action: 'retag', name: 'a', result: 'deferred', code: 'StoreThrottled', from: 'a1' },
    ])
  })

  it('lists what nobody has written and is there', () => {
    const known = new Map([
      ['a', 'a1'],
      ['b', 'b1'],
    ])
    const inventory = [entry('a', 'a1'), entry('b', 'b2'), entry('c', 'c1')]
    expect(describeChanges({ outcomes: [], known, inventory, wanted })).toEqual([
      { action: 'found', name: 'b', result: 'applied', versionId: 'b2', from: 'b1', origin },
      { action: 'found', name: 'c', result: 'applied', versionId: 'c1' },
    ])
  })

  it.each<Change>([
    retag,
    { action: 'restore', name: 'a', because: 'scheduled-for-deletion' },
    { action: 'replicate', name: 'a', because: 'replica-missing', regions: ['us-east-1'] },
    { action: 'unreplicate', name: 'a', because: 'replica-unwanted', regions: ['us-east-1'] },
    { action: 'amend', name: 'a', because: 'description-changed', description: 'd' },
  ])('does not take $action for an explanation of the version', (change) => {
    const outcomes: Outcome[] = [{ change, result: 'applied' }]
    expect(describeChanges({ outcomes, known: new Map(), inventory: [entry('a', 'a1')] })).toEqual([
      { action: change.action, name: 'a', result: 'applied' },
      { action: 'found', name: 'a', result: 'applied', versionId: 'a1' },
    ])
  })

  it('says which version a secret has that was taken over as it is', () => {
    const adopt: Change = { action: 'adopt', name: 'a', because: 'listed-for-adoption', at: 'a1' }
    const outcomes: Outcome[] = [{ change: adopt, result: 'applied' }]
    expect(describeChanges({ outcomes, known: new Map(), inventory: [entry('a', 'a1')] })).toEqual([
      { action: 'adopt', name: 'a', result: 'applied' },
      { action: 'found', name: 'a', result: 'applied', versionId: 'a1' },
    ])
  })

  it('takes what a run had begun for its work', () => {
    const inventory = [entry('b', 'b2'), entry('c', 'c1')]
    const known = new Map([['b', 'b1']])
    expect(describeChanges({ outcomes: [], known, inventory, begun: ['b', 'c'] })).toEqual([
      { action: 'update', name: 'b', result: 'applied', versionId: 'b2', from: 'b1' },
      { action: 'create', name: 'c', result: 'applied', versionId: 'c1' },
    ])
  })

  it('lists what is the config’s no more, whoever ended it, and what was told of already no more', () => {
    const deletion: Change = {
      ...{ action: 'delete', name: 'a', because: 'no-longer-wanted', recoveryWindowDays: 7 },
    }
    const outcomes: Outcome[] = [{ change: deletion, result: 'applied' }]
    const known = new Map(['a', 'b', 'c'].map((name) => [name, `${name}1`]))
    const ended = ['a', 'b', 'c', 'told']
    const inventory = [{ ...entry('told', 'told1'), isEnded: true } as const]
    expect(describeChanges({ outcomes, known, inventory, ended, begun: ['c'] })).toEqual([
      { action: 'delete', name: 'a', result: 'applied', from: 'a1' },
      { action: 'released', name: 'b', result: 'applied', from: 'b1' },
      { action: 'delete', name: 'c', result: 'applied', from: 'c1' },
    ])
  })

  it('lists the version that is there although its tags could not be set', () => {
    const outcomes: Outcome[] = [{ change: retag, result: 'failed', code: 'StoreThrottled' }]
    const known = new Map([['a', 'a1']])
    expect(describeChanges({ outcomes, known, inventory: [entry('a', 'a2')] })).toEqual([
      { action: 'retag', name: 'a', result: 'failed', code: 'StoreThrottled', from: 'a1' },
      { action: 'found', name: 'a', result: 'applied', versionId: 'a2', from: 'a1' },
    ])
  })

  it('says what somebody else had changed, and what of it stays', () => {
    const outcomes: Outcome[] = [{ change: update, result: 'applied', versionId: 'a2' }]
    const known = new Map(['a', 'b', 'c'].map((name) => [name, `${name}1`]))
    const inventory = [entry('a', 'a2'), entry('b', 'b1'), entry('c', 'c1')]
    const drift: Drift[] = [
      { name: 'a', kind: 'edited', finding: 'x', isKnown: false, repaired: true },
      { name: 'b', kind: 'edited', finding: 'y', isKnown: false, repaired: false },
      { name: 'c', kind: 'missing', finding: 'missing', isKnown: false, repaired: false },
    ]
    expect(describeChanges({ outcomes, known, inventory, wanted, drift })).toEqual([
      {
        action: 'update',
        name: 'a',
        result: 'applied',
        versionId: 'a2',
        from: 'a1',
        origin,
        drift: 'edited',
      },
      { action: 'drifted', name: 'b', result: 'skipped', versionId: 'y', from: 'b1', drift: 'edited' },
      { action: 'drifted', name: 'c', result: 'skipped', from: 'c1', drift: 'missing' },
    ])
  })
})
