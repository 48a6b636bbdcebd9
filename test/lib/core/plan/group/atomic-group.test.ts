import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  isGroupChange,
  judgeGroup,
  type Member,
  toMember,
} from '../../../../../lib/core/plan/group/atomic-group.ts'
import type { Change } from '../../../../../lib/core/plan/plan.ts'

const member = (name: string): Member => ({ name, from: `${name}1`, to: `${name}2` })
const at = (current: string, ...others: string[]) => ({
  current,
  versions: new Map([current, ...others].map((version) => [version, [] as readonly string[]])),
})
const group = [member('a'), member('b')]

describe('isGroupChange', () => {
  it.each([
    ['an update', { action: 'update', name: 'a', because: 'value-changed', versionId: 'v', from: 'u' }, true],
    [
      'a relabel',
      { action: 'relabel', name: 'a', because: 'version-known', versionId: 'v', from: 'u' },
      true,
    ],
    [
      'one of a secret without a current version',
      { action: 'update', name: 'a', because: 'value-changed', versionId: 'v' },
      false,
    ],
    [
      'one of a parameter',
      { action: 'update', name: 'ssm:/a', because: 'value-changed', versionId: 'v', from: 'u' },
      false,
    ],
    ['a new secret', { action: 'create', name: 'a', because: 'missing', versionId: 'v' }, false],
    ['a retag', { action: 'retag', name: 'a', because: 'tags-changed' }, false],
  ] satisfies [string, Change, boolean][])('judges %s', (_, change, expected) => {
    expect(isGroupChange(change)).toBe(expected)
  })

  it('becomes a member', () => {
    const change = {
      action: 'update',
      name: 'a',
      because: 'value-changed',
      versionId: 'a2',
      from: 'a1',
    } as const
    expect(toMember(change)).toEqual(member('a'))
  })
})

describe('judgeGroup', () => {
  it.each([
    ['nothing has moved', at('a1', 'a2'), at('b1', 'b2'), { step: 'untouched' }],
    ['nothing has moved, and a version is not there yet', at('a1'), at('b1', 'b2'), { step: 'untouched' }],
    ['all have moved', at('a2', 'a1'), at('b2', 'b1'), { step: 'complete' }],
    [
      'one has moved',
      at('a2', 'a1'),
      at('b1', 'b2'),
      { step: 'resume', pending: [member('b')], moved: [member('a')] },
    ],
    [
      'one has moved, and the other is elsewhere',
      at('a2', 'a1'),
      at('b9', 'b2'),
      { step: 'undo', moved: [member('a')] },
    ],
    [
      'one has moved, and the other has lost its version',
      at('a2', 'a1'),
      at('b1'),
      { step: 'undo', moved: [member('a')] },
    ],
    [
      'one has moved, and the other is gone or no longer ours',
      at('a2', 'a1'),
      undefined,
      { step: 'undo', moved: [member('a')] },
    ],
  ])('when %s', (_, a, b, expected) => {
    const live = new Map(
      Object.entries({ a, b }).flatMap(([name, secret]) => (secret ? [[name, secret]] : [])),
    )
    expect(judgeGroup(group, live)).toEqual(expected)
  })

  it('leads every group to all or nothing, whatever a run has left', () => {
    const state = fc.constantFrom('before', 'after', 'elsewhere', 'unstaged')
    fc.assert(
      fc.property(fc.array(state, { minLength: 1, maxLength: 6 }), (states) => {
        const members = states.map((_, index) => member(`s${index}`))
        const live = new Map(
          members.map(({ name, from, to }, index) => {
            if (states[index] === 'after') return [name, at(to, from)]
            if (states[index] === 'elsewhere') return [name, at('other', from, to)]
            return [name, states[index] === 'before' ? at(from, to) : at(from)]
          }),
        )
        const judged = judgeGroup(members, live)
        const moves = {
          untouched: [],
          complete: [],
          resume: judged.step === 'resume' ? judged.pending.map(({ name, to }) => [name, to] as const) : [],
          undo: judged.step === 'undo' ? judged.moved.map(({ name, from }) => [name, from] as const) : [],
        }[judged.step]
        const ended = new Map([...live].map(([name, { current }]) => [name, current]))
        for (const [name, current] of moves) ended.set(name, current)
        const wanted = members.filter(({ name, to }) => ended.get(name) === to)
        expect([0, members.length]).toContain(wanted.length)
      }),
    )
  })
})
