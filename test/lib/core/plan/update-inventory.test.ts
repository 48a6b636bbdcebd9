import { describe, expect, it } from 'vitest'
import type { Change, Outcome } from '../../../../lib/core/plan/plan.ts'
import { updateInventory } from '../../../../lib/core/plan/update-inventory.ts'
import type { WantedSet } from '../../../../lib/core/secrets/desired.ts'

const early = '2026-01-01T00:00:00.000Z'
const at = '2026-01-02T00:00:00.000Z'

function wants(...names: string[]): WantedSet {
  return { secrets: names.map((name) => ({ name, versionId: `${name}2` })), disabled: [] }
}

function outcome(name: string, result: Outcome['result']): Outcome {
  const change = { action: 'update', name, because: 'value-changed', versionId: `${name}2` } as const
  return result === 'applied'
    ? { change, result, versionId: `${name}2` }
    : { change, result, code: 'StoreThrottled' }
}

describe('updateInventory', () => {
  it('remembers where a value was found last, also while a rollback knows nothing of it', () => {
    const origin = { kind: 'Secret', name: 's', key: 'a' } as const
    const [found] = updateInventory([], {
      set: { secrets: [{ name: 'a', versionId: 'a2', origin }], disabled: [] },
      ...{ outcomes: [], at },
    })
    expect(found).toEqual({ name: 'a', versionId: 'a2', origin, writtenAt: at })
    const again = updateInventory(found ? [found] : [], { set: wants('a'), outcomes: [], at })
    expect(again).toEqual([found])
  })

  it.each<Change>([
    { action: 'retag', name: 'a', because: 'tags-changed' },
    { action: 'replicate', name: 'a', because: 'replica-missing', regions: ['us-east-1'] },
    { action: 'conflict', name: 'a', because: 'replica-failed', code: 'ReplicaFailed' },
  ])('knows the version that was written also where $action fails after it', (change) => {
    const failed: Outcome = { change, result: 'failed', code: 'ReplicaFailed' }
    const before = [{ name: 'a', versionId: 'a1', writtenAt: early }]
    const outcomes = [outcome('a', 'applied'), failed]
    expect(updateInventory(before, { set: wants('a'), outcomes, at })).toMatchObject([{ versionId: 'a2' }])
  })

  it('adds what was written, keeps what was not and what Git no longer wants', () => {
    const before = [
      { name: 'b', versionId: 'b1', writtenAt: early },
      { name: 'gone', versionId: 'gone1', writtenAt: early },
    ]
    const after = updateInventory(before, {
      set: wants('a', 'b'),
      outcomes: [outcome('a', 'applied'), outcome('b', 'failed')],
      at,
    })
    expect(after).toEqual([
      { name: 'a', versionId: 'a2', writtenAt: at },
      { name: 'b', versionId: 'b1', writtenAt: early },
      { name: 'gone', versionId: 'gone1', writtenAt: early },
    ])
  })

  it('is equal to the one before when nothing was done', () => {
    const before = [{ name: 'a', versionId: 'a2', writtenAt: early }]
    expect(updateInventory(before, { set: wants('a'), outcomes: [], at })).toEqual(before)
  })

  it('knows when it touched a secret without a new version, since lists do not show that yet', () => {
    const change = { action: 'retag', name: 'a', because: 'tags-changed' } as const
    const before = [{ name: 'a', versionId: 'a2', writtenAt: early }]
    const outcomes = [{ change, result: 'applied' }] as const
    expect(updateInventory(before, { set: wants('a'), outcomes, at })).toEqual([
      { name: 'a', versionId: 'a2', writtenAt: at },
    ])
  })

  it.each<Change>([
    { action: 'replicate', name: 'a', because: 'replica-missing', regions: ['us-east-1'] },
    { action: 'unreplicate', name: 'a', because: 'replica-unwanted', regions: ['us-east-1'] },
    { action: 'amend', name: 'a', because: 'description-changed', description: 'd' },
    { action: 'conflict', name: 'a', because: 'replica-failed', code: 'ReplicaFailed' },
  ])('counts a version as written although $action failed', (change) => {
    const failed: Outcome = { change, result: 'failed', ...('code' in change && { code: change.code }) }
    const outcomes = [outcome('a', 'applied'), failed]
    expect(updateInventory([], { set: wants('a'), outcomes, at })).toMatchObject([
      { name: 'a', versionId: 'a2' },
    ])
  })

  it('knows of what it had begun to write that lists may show it otherwise, whatever came of it', () => {
    const before = [{ name: 'a', versionId: 'a1', writtenAt: early }]
    const ended = { set: wants('a'), outcomes: [outcome('a', 'skipped')], begun: new Set(['a']), at }
    expect(updateInventory(before, ended)).toEqual([{ name: 'a', versionId: 'a1', writtenAt: at }])
  })

  it('counts a version as written although a later change of the secret failed', () => {
    const change = { action: 'retag', name: 'a', because: 'tags-changed' } as const
    const outcomes: Outcome[] = [
      outcome('a', 'applied'),
      { change, result: 'failed', code: 'StoreThrottled' },
    ]
    expect(updateInventory([], { set: wants('a'), outcomes, at })).toEqual([
      { name: 'a', versionId: 'a2', writtenAt: at },
    ])
  })

  it.each(['retag', 'restore'] as const)('knows which version a %s alone has found', (action) => {
    const change: Change =
      action === 'retag'
        ? { action, name: 'a', because: 'tags-changed' }
        : { action, name: 'a', because: 'scheduled-for-deletion' }
    const before = [{ name: 'a', versionId: 'a1', writtenAt: early }]
    expect(
      updateInventory(before, { set: wants('a'), outcomes: [{ change, result: 'applied' }], at }),
    ).toEqual([{ name: 'a', versionId: 'a2', writtenAt: at }])
  })

  it('knows which version is there although its tags could not be set', () => {
    const change = { action: 'retag', name: 'a', because: 'tags-changed' } as const
    const before = [{ name: 'a', versionId: 'a1', writtenAt: early }]
    const outcomes: Outcome[] = [{ change, result: 'failed', code: 'StoreThrottled' }]
    expect(updateInventory(before, { set: wants('a'), outcomes, at })).toEqual([
      { name: 'a', versionId: 'a2', writtenAt: at },
    ])
  })

  it('keeps what it knows of a secret that was restored and is held', () => {
    const change = { action: 'restore', name: 'a', because: 'scheduled-for-deletion' } as const
    const before = [{ name: 'a', versionId: 'a1', writtenAt: early }]
    const outcomes: Outcome[] = [{ change, result: 'applied' }]
    expect(updateInventory(before, { set: wants('a'), outcomes, held: ['a'], at })).toEqual([
      { name: 'a', versionId: 'a1', writtenAt: at },
    ])
  })
})
