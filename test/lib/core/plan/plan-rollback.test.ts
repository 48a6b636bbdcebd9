import { describe, expect, it } from 'vitest'
import type { Standing } from '../../../../lib/core/plan/judge-standing.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import {
  createRollbackPlan,
  isToMove,
  listUnavailable,
  type RollbackInput,
} from '../../../../lib/core/plan/plan-rollback.ts'

const entryAt = '2026-01-31T08:00:00.000Z'
const pin = { revision: { ref: 'main', commit: 'a'.repeat(40) }, entryAt, partial: false }
const live = (name: string, part: Partial<Live> = {}): Live => ({
  ...{ name, current: 'v2', versions: new Map([['v2', ['AWSCURRENT']]]), tags: {} },
  ...part,
})
const ours: Standing = { kind: 'ours' }

function plan(secret: Live | undefined, part: Partial<RollbackInput> = {}) {
  return createRollbackPlan({
    configId: 'c/n/a',
    pin,
    versions: new Map([['a', 'v1']]),
    present: ['a'],
    live: new Map(secret ? [[secret.name, secret]] : []),
    stored: new Map([['a', new Map([['v1', '2026-01-31T07:00:00.000Z']])]]),
    standingOf: () => ours,
    ...part,
  })
}

describe('createRollbackPlan', () => {
  it('moves the label of a secret that has another version', () => {
    expect(plan(live('a'))).toEqual({
      configId: 'c/n/a',
      revision: pin.revision,
      changes: [{ action: 'relabel', name: 'a', because: 'version-pinned', versionId: 'v1', from: 'v2' }],
      unchanged: 0,
      disabled: [],
      pinned: { entryAt, later: [] },
    })
  })

  it('leaves a secret that has the version', () => {
    expect(plan(live('a', { current: 'v1' }))).toMatchObject({ changes: [], unchanged: 1 })
  })

  it('restores what is scheduled for deletion', () => {
    const ending = { deletionAt: '2026-02-28T08:00:00.000Z' }
    expect(plan(live('a', ending)).changes.map(({ action }) => action)).toEqual(['restore', 'relabel'])
    expect(plan(live('a', { ...ending, current: 'v1' })).changes.map(({ action }) => action)).toEqual([
      'restore',
    ])
  })

  it('names secrets that came later, which stay', () => {
    expect(plan(live('a'), { present: ['c', 'a', 'b'] }).pinned?.later).toEqual(['b', 'c'])
  })

  it.each([
    ['secret-gone', undefined, {}],
    ['version-expired', live('a'), { stored: new Map([['a', new Map()]]) }],
    [
      'version-rewritten',
      live('a'),
      { stored: new Map([['a', new Map([['v1', '2026-01-31T08:05:00.001Z']])]]) },
    ],
  ])('says %s of what cannot go back', (because, secret, part) => {
    const planned = plan(secret, part)
    expect(planned.changes).toEqual([{ action: 'conflict', name: 'a', because, code: 'VersionExpired' }])
    expect(listUnavailable(planned)).toEqual(['VersionExpired', ['a']])
  })

  it('forgives clocks that differ by five minutes', () => {
    const stored = new Map([['a', new Map([['v1', '2026-01-31T08:05:00.000Z']])]])
    expect(listUnavailable(plan(live('a'), { stored }))).toEqual([undefined, []])
  })

  it.each([
    [
      { kind: 'conflict', code: 'SecretOwnedElsewhere', because: 'other-config' },
      'SecretOwnedElsewhere',
      'other-config',
    ],
    [{ kind: 'adoptable', at: 'v2' }, 'SecretNotOwned', 'not-marked'],
  ] as const)('never touches what is not ours: %j', (standing, code, because) => {
    const planned = plan(live('a'), { standingOf: () => standing })
    expect(planned.changes).toEqual([{ action: 'conflict', name: 'a', because, code }])
    expect(listUnavailable(planned)).toEqual([undefined, []])
  })

  it('says version-unreadable of a parameter whose former versions stay shut', () => {
    const planned = plan(live('a'), { stored: new Map([['a', 'unreadable']]) })
    const code = 'VersionUnreadable'
    expect(planned.changes).toEqual([{ action: 'conflict', name: 'a', because: 'version-unreadable', code }])
    expect(listUnavailable(planned)).toEqual([code, ['a']])
  })
})

it.each([
  ['another version', live('a'), 'v1', true],
  ['the same version', live('a'), 'v2', false],
  ['no secret', undefined, 'v1', false],
])('a secret is to move where there is %s', (_, secret, versionId, expected) => {
  expect(isToMove(secret, versionId)).toBe(expected)
})
