import { describe, expect, it } from 'vitest'
import type { Standing } from '../../../../../lib/core/plan/judge-standing.ts'
import type { Change, Live, Outcome, Pruning } from '../../../../../lib/core/plan/plan.ts'
import { type EndedSync, listReleased } from '../../../../../lib/core/plan/prune/list-released.ts'

const live = (name: string, part: Partial<Live> = {}): Live => ({
  name,
  versions: new Map(),
  tags: {},
  ...part,
})
const deletionAt = '2026-02-01T00:00:00.000Z'
const deletion = (name: string): Change => ({
  action: 'delete',
  name,
  because: 'no-longer-wanted',
  recoveryWindowDays: 7,
})
const conflict = (code: 'SecretNotOwned' | 'SecretManagedElsewhere'): Standing => ({
  kind: 'conflict',
  code,
  because: 'not-marked',
})

interface Ended {
  readonly present: readonly Live[]
  readonly unwanted?: readonly string[]
  readonly results?: Readonly<Record<string, Outcome['result']>>
  readonly standing?: Standing
}

function release({ present, unwanted = [], results = {}, standing = { kind: 'ours' } }: Ended): string[] {
  const pruning: Pruning = { unwanted, digest: 'd', deletions: 0, most: 0 }
  const ended: EndedSync = {
    plan: {
      configId: 'm/n/c',
      revision: { ref: 'main', commit: 'a'.repeat(40) },
      changes: [],
      unchanged: 0,
      disabled: [],
      ...(unwanted.length > 0 && { pruning }),
    },
    outcomes: Object.entries(results).map(([name, result]) => ({ change: deletion(name), result })),
    set: { secrets: [], disabled: ['disabled'] },
    live: new Map(present.map((secret) => [secret.name, secret])),
    standingOf: () => standing,
  }
  return [...listReleased([{ name: 'a' }, { name: 'b' }, { name: 'disabled' }], ended)]
}

describe('listReleased', () => {
  it.each<[string, Ended, string[]]>([
    ['is gone', { present: [live('a')], unwanted: ['a'] }, ['b']],
    ['is scheduled by hand', { present: [live('a', { deletionAt }), live('b', { deletionAt })] }, ['a', 'b']],
    [
      'was deleted, with all that belongs to it',
      {
        present: [live('a'), live('b', { deletionAt })],
        unwanted: ['a'],
        results: { a: 'applied' },
      },
      ['a', 'b'],
    ],
    [
      'was deleted, but for what is left of the same approval',
      {
        present: [live('a'), live('b')],
        unwanted: ['a', 'b'],
        results: { a: 'applied', b: 'deferred' },
      },
      [],
    ],
    ['is held', { present: [live('a', { deletionAt }), live('b')], unwanted: ['b'] }, []],
    [
      'is no longer ours',
      { present: [live('a'), live('b')], standing: conflict('SecretNotOwned') },
      ['a', 'b'],
    ],
    [
      'could be adopted',
      { present: [live('a'), live('b')], standing: { kind: 'adoptable', at: 'v' } },
      ['a', 'b'],
    ],
    [
      'is rotated for now',
      { present: [live('a'), live('b')], standing: conflict('SecretManagedElsewhere') },
      [],
    ],
  ])('of what %s', (_, ended, released) => {
    expect(release(ended)).toEqual(released)
  })
})
