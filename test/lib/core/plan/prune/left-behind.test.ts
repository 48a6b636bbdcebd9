import { describe, expect, it } from 'vitest'
import type { Plan } from '../../../../../lib/core/plan/plan.ts'
import { moveInventory, withLeftBehind } from '../../../../../lib/core/plan/prune/left-behind.ts'

const plan: Plan = {
  configId: 'm/n/c',
  revision: { ref: 'main', commit: 'a'.repeat(40) },
  changes: [],
  unchanged: 0,
  disabled: [],
}
const writtenAt = '2026-01-01T00:00:00.000Z'
const entry = (name: string, versionId = 'v') => ({ name, versionId, writtenAt })
const old = { account: '1', region: 'eu-west-1' }
const publishing = { sweepId: '1/eu-west-1', region: 'eu-west-1', reconcileIntervalMs: 1, secrets: 1 }

describe('moveInventory', () => {
  it.each<[string, Parameters<typeof moveInventory>[0], typeof old]>([
    ['has never published', null, old],
    ['stays where it is', { publishing }, old],
    ['has another role in the same place', { publishing: { ...publishing, sweepId: '1/eu-west-1/x' } }, old],
  ])('leaves nothing behind for a config that %s', (_, head, target) => {
    expect(moveInventory(head, [entry('a')], target)).toEqual({
      inventory: [entry('a')],
      leftBehind: [],
      isBack: false,
    })
  })

  it.each([
    ['region', { account: '1', region: 'eu-west-2' }],
    ['account', { account: '2', region: 'eu-west-1' }],
  ])('leaves everything behind in another %s, with the role that wrote it', (_, target) => {
    const head = { publishing: { ...publishing, roleArn: 'r' } }
    expect(moveInventory(head, [entry('a')], target)).toEqual({
      inventory: [entry('a')],
      leftBehind: [{ ...old, roleArn: 'r', secrets: [entry('a')] }],
      isBack: false,
    })
  })

  it('leaves nothing where there is nothing', () => {
    expect(moveInventory({ publishing }, [], { account: '1', region: 'x' }).leftBehind).toEqual([])
  })

  it('has its secrets again where it comes back, as they were there', () => {
    const away = { ...publishing, sweepId: '1/eu-west-2', region: 'eu-west-2' }
    const leftBehind = [{ ...old, secrets: [entry('a', 'here'), entry('c')] }]
    expect(moveInventory({ publishing: away, leftBehind }, [entry('a', 'there'), entry('b')], old)).toEqual({
      inventory: [entry('a', 'here'), entry('b', 'v'), entry('c')],
      leftBehind: [{ account: '1', region: 'eu-west-2', secrets: [entry('a', 'there'), entry('b')] }],
      isBack: true,
    })
  })

  it('keeps every place that it has left', () => {
    const leftBehind = [{ account: '1', region: 'x', secrets: [entry('z')] }]
    const { leftBehind: left } = moveInventory({ publishing, leftBehind }, [entry('a')], {
      account: '1',
      region: 'y',
    })
    expect(withLeftBehind(plan, left).leftBehind).toEqual([
      { account: '1', region: 'x', names: ['z'] },
      { ...old, names: ['a'] },
    ])
  })
})

it('says nothing in a plan where nothing is left behind', () => {
  expect(withLeftBehind(plan, [])).toBe(plan)
})
