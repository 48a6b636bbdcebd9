import { describe, expect, it } from 'vitest'
import { formatOwner } from '../../../../../lib/core/plan/identity/ownership.ts'
import type { Change, Live } from '../../../../../lib/core/plan/plan.ts'
import { type PruningInput, planPruning } from '../../../../../lib/core/plan/prune/plan-pruning.ts'
import { SecretValue } from '../../../../../lib/core/secret-value.ts'
import type { SecretSet } from '../../../../../lib/core/secrets/desired.ts'

const ownership = { key: new Uint8Array(32), deployment: 'd', account: '1', region: 'eu-west-1' }
const id = 'm/n/c'
const config = { id, prune: 'schedule', recoveryWindowDays: 7, adopt: [] } as const
const deletionAt = '2026-02-01T00:00:00.000Z'

const wants = (...names: string[]): SecretSet => ({
  secrets: names.map((name) => ({
    name,
    versionId: 'v',
    payload: SecretValue.fromText('x'),
    kind: 'string',
    origin: { kind: 'Secret', name: 's', key: name },
    tags: {},
  })),
  disabled: [],
})
const exist = (name: string, part: Partial<Live> = {}): Live => {
  const tags = formatOwner(ownership, id, name)
  return { name, current: 'v', versions: new Map([['v', ['AWSCURRENT']]]), tags, ...part }
}
const count = (n: number) => Array.from({ length: n }, (_, index) => `s${String(index).padStart(3, '0')}`)

function prune(
  { wanted, present }: { wanted: readonly string[]; present: readonly (string | Live)[] },
  more: Partial<PruningInput> = {},
  changes: readonly Change[] = [],
) {
  const live = present.map((secret) => (typeof secret === 'string' ? exist(secret) : secret))
  const input: PruningInput = {
    config,
    set: wants(...wanted),
    live: new Map(live.map((secret) => [secret.name, secret])),
    inventory: live.map(({ name }) => ({ name })),
    ownership,
    pruned: [],
    now: '2026-01-31T08:00:00.000Z',
    ...more,
  }
  return planPruning(input, changes)
}

describe('planPruning', () => {
  it('deletes what the config has written, still owns and no longer names', () => {
    expect(prune({ wanted: ['a'], present: ['a', 'b'] })).toEqual({
      changes: [{ action: 'delete', name: 'b', because: 'no-longer-wanted', recoveryWindowDays: 7 }],
      pruning: { unwanted: ['b'], digest: expect.stringMatching(/^[0-9a-f]{64}$/), deletions: 1, most: 2 },
    })
  })

  it('deletes beside a copy that has failed, unless it has moved to that secret', () => {
    const failed: Change = { action: 'conflict', name: 'a', because: 'replica-failed', code: 'ReplicaFailed' }
    const names = { wanted: ['a'], present: ['a', 'b'] }
    expect(prune(names, {}, [failed])).toMatchObject({ changes: [{ action: 'delete', name: 'b' }] })
    const origin = { kind: 'Secret', name: 's', key: 'a' } as const
    const inventory = [{ name: 'a' }, { name: 'b', origin }]
    expect(prune(names, { inventory }, [failed])).toMatchObject({
      changes: [],
      pruning: { held: 'conflict', moves: [{ from: 'b', to: 'a' }] },
    })
  })

  it.each([
    ['is not in the inventory', exist('b'), { inventory: [{ name: 'a' }] }],
    ['carries no mark', exist('b', { tags: {} }), {}],
    ['carries a copied mark', exist('b', { tags: formatOwner(ownership, id, 'a') }), {}],
    ['belongs to another config', exist('b', { tags: formatOwner(ownership, 'm/n/other', 'b') }), {}],
    ['is rotated', exist('b', { managedElsewhere: 'rotation' }), {}],
    ['is scheduled already', exist('b', { deletionAt }), {}],
    ['is disabled in Git', exist('b'), { set: { ...wants('a'), disabled: ['b'] } }],
    ['stays by the config', exist('b'), { config: { ...config, prune: 'off' } as const }],
  ])('plans nothing for what %s', (_, secret, more) => {
    expect(prune({ wanted: ['a'], present: ['a', secret] }, more)).toEqual({ changes: [] })
  })

  it.each([
    ['report', { config: { ...config, prune: 'report' } as const }],
    ['new-uid', { config: { ...config, uid: 'new' } }],
    ['new-uid', { config: { ...config, uid: 'new' }, inventory: [{ name: 'a' }, { name: 'b', uid: 'old' }] }],
  ])('only lists with the hold %s', (held, more) => {
    const { changes, pruning } = prune({ wanted: ['a'], present: ['a', 'b'] }, more)
    expect(changes).toEqual([])
    expect(pruning).toMatchObject({ unwanted: ['b'], held })
  })

  it('deletes for a new uid what that has wanted itself', () => {
    const inventory = [
      { name: 'a', uid: 'new' },
      { name: 'b', uid: 'new' },
    ]
    const more = { config: { ...config, uid: 'new' }, inventory }
    expect(prune({ wanted: ['a'], present: ['a', 'b'] }, more).changes).toHaveLength(1)
  })

  it('deletes nothing beside a conflict', () => {
    const conflict = { action: 'conflict', name: 'a', because: 'not-marked', code: 'SecretNotOwned' } as const
    expect(prune({ wanted: ['a'], present: ['b'] }, {}, [conflict])).toMatchObject({
      changes: [],
      pruning: { held: 'conflict' },
    })
  })

  it.each([
    ['20 of 100', 80, [], undefined],
    ['26 of 100', 74, [], 'share'],
    ['20 of 80 after 20 of 100', 60, [{ day: '2026-01-28', deletions: 20, most: 100 }], 'share'],
    [
      '20 of 80 after 20 of 100 nine days ago',
      60,
      [{ day: '2026-01-22', deletions: 20, most: 100 }],
      undefined,
    ],
  ])('brakes by the share of seven days: %s', (_, left, pruned, held) => {
    const present = count(pruned.length === 0 ? 100 : 80)
    const { changes, pruning } = prune({ wanted: present.slice(0, left), present }, { pruned })
    expect(pruning?.held).toBe(held)
    expect(changes.length).toBe(held ? 0 : present.length - left)
  })

  it('brakes before the last secret, but for what is disabled', () => {
    expect(prune({ wanted: [], present: ['a', 'b', 'c'] }).pruning).toMatchObject({ held: 'last-secret' })
    const set = { secrets: [], disabled: ['a'] }
    expect(prune({ wanted: [], present: ['a', 'b', 'c'] }, { set }).changes).toHaveLength(2)
  })

  it('gives the same digest while the deletions that it names are carried out', () => {
    const before = prune({ wanted: ['a'], present: ['a', 'b', 'c'] }).pruning
    const during = prune({ wanted: ['a'], present: ['a', exist('b', { deletionAt }), 'c'] }).pruning
    expect(during).toMatchObject({ unwanted: ['c'], digest: before?.digest })
  })

  it('gives other deletions, configs and places other digests', () => {
    const present = ['a', 'b', 'c']
    const digests = [
      prune({ wanted: ['a'], present }),
      prune({ wanted: ['b'], present }),
      prune({ wanted: ['a', 'b'], present }),
    ].map(({ pruning }) => pruning?.digest)
    expect(new Set(digests).size).toBe(3)
  })
})
