import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createPlan, type PlanInput } from '../../../../lib/core/plan/create-plan.ts'
import { formatOwner } from '../../../../lib/core/plan/identity/ownership.ts'
import type { Change, Live, Plan } from '../../../../lib/core/plan/plan.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { Desired } from '../../../../lib/core/secrets/desired.ts'

const ownership = { key: new Uint8Array(32), deployment: 'd', account: '1', region: 'eu-west-1' }
const id = 'm/n/c'
const config = {
  id,
  triggerUpdate: true,
  prune: 'report',
  recoveryWindowDays: 30,
  adopt: [],
  aws: { region: 'eu-west-1', tags: {}, replicaRegions: [] },
  reconcileIntervalMs: 60_000,
} as const
const revision = { ref: 'main', commit: 'a'.repeat(40) }

function desire(name: string, versionId: string): Desired {
  const payload = SecretValue.fromText(versionId)
  return {
    name,
    versionId,
    payload,
    kind: 'string',
    origin: { kind: 'Secret', name: 's', key: name },
    tags: { environment: 'dev' },
  }
}

const tagsOf = (desired: Desired) => ({ ...desired.tags, ...formatOwner(ownership, id, desired.name) })

function exist(name: string, current: string, more: Partial<Live> = {}): Live {
  const versions = new Map([[current, ['AWSCURRENT']]])
  return { name, current, versions, tags: tagsOf(desire(name, current)), ...more }
}

function plan(secrets: Desired[], live: Live[], more: Partial<PlanInput> = {}): Plan {
  const input: PlanInput = {
    config,
    revision,
    set: { secrets, disabled: [] },
    live: new Map(live.map((secret) => [secret.name, secret])),
    inventory: [],
    ownership,
    tagsOf,
    pruned: [],
    now: '2026-01-31T08:00:00.000Z',
    ...more,
  }
  return createPlan(input)
}

const known = new Map([
  ['v1', ['AWSCURRENT']],
  ['v2', []],
])

describe('createPlan', () => {
  it.each<[string, Live[], object[]]>([
    ['creates what is missing', [], [{ action: 'create', because: 'missing', versionId: 'v2' }]],
    [
      'updates what differs',
      [exist('a', 'v1')],
      [{ action: 'update', because: 'value-changed', versionId: 'v2', from: 'v1' }],
    ],
    [
      'relabels a known version',
      [exist('a', 'v1', { versions: known })],
      [{ action: 'relabel', because: 'version-known', from: 'v1' }],
    ],
    ['leaves what is equal', [exist('a', 'v2')], []],
    [
      'sets missing tags',
      [exist('a', 'v2', { tags: formatOwner(ownership, id, 'a') })],
      [{ action: 'retag' }],
    ],
    [
      'restores before it updates',
      [exist('a', 'v1', { deletionAt: '2026-01-01T00:00:00.000Z' })],
      [{ action: 'restore' }, { action: 'update' }],
    ],
    [
      'does not touch a foreign secret',
      [exist('a', 'v1', { tags: {} })],
      [{ action: 'conflict', code: 'SecretNotOwned' }],
    ],
    [
      'does not believe a copied mark',
      [exist('a', 'v1', { tags: formatOwner(ownership, id, 'b') })],
      [{ action: 'conflict', code: 'SecretNotOwned' }],
    ],
    [
      'does not fight with another config',
      [exist('a', 'v1', { tags: formatOwner(ownership, 'm/n/other', 'a') })],
      [{ action: 'conflict', code: 'SecretOwnedElsewhere' }],
    ],
    [
      'does not fight with another deployment',
      [exist('a', 'v1', { tags: formatOwner({ ...ownership, deployment: 'e' }, id, 'a') })],
      [{ action: 'conflict', code: 'SecretOwnedElsewhere' }],
    ],
    [
      'leaves what AWS rotates',
      [exist('a', 'v1', { managedElsewhere: 'rotation' })],
      [{ action: 'conflict', code: 'SecretManagedElsewhere' }],
    ],
  ])('%s', (_, live, changes) => {
    expect(plan([desire('a', 'v2')], live).changes).toMatchObject(changes)
  })

  it('creates and restores but never updates when triggerUpdate is off', () => {
    const live = [
      exist('a', 'v1'),
      exist('c', 'v2'),
      exist('d', 'v1', { deletionAt: '2026-01-01T00:00:00.000Z' }),
    ]
    const wanted = ['a', 'b', 'c', 'd'].map((name) => desire(name, 'v2'))
    const found = plan(wanted, live, { config: { ...config, triggerUpdate: false } })
    expect(found.changes.map(({ action, name }) => [action, name])).toEqual([
      ['restore', 'd'],
      ['create', 'b'],
    ])
    expect(found).toMatchObject({ unchanged: 1, held: ['a', 'd'] })
  })

  it('deletes last', () => {
    const { changes, pruning } = plan(
      [desire('a', 'v1'), desire('c', 'v1')],
      [exist('b', 'v1'), exist('c', 'v0')],
      {
        config: { ...config, prune: 'schedule' },
        inventory: [{ name: 'b' }, { name: 'c' }],
      },
    )
    expect(changes.map(({ action, name }) => [action, name])).toEqual([
      ['create', 'a'],
      ['update', 'c'],
      ['delete', 'b'],
    ])
    expect(pruning).toMatchObject({ unwanted: ['b'] })
  })

  it.each<[string, Partial<Live>, object]>([
    ['the version id of a foreign secret', { tags: {} }, { at: 'v1' }],
    [
      'the number of a foreign parameter',
      { tags: {}, parameter: { number: 7, type: 'String' } },
      { at: '7' },
    ],
  ])('says %s, which an adoption would have to name', (_, part, said) => {
    const { changes } = plan([desire('a', 'v2')], [exist('a', 'v1', part)])
    expect(changes).toEqual([
      { action: 'conflict', name: 'a', because: 'not-marked', code: 'SecretNotOwned', ...said },
    ])
  })

  it('says no version of a secret that is not to be adopted', () => {
    const { changes } = plan([desire('a', 'v2')], [exist('a', 'v1', { managedElsewhere: 'rotation' })])
    expect(changes[0]).not.toHaveProperty('at')
  })

  it('goes on beside a conflict', () => {
    const { changes } = plan([desire('a', 'v1'), desire('b', 'v1')], [exist('a', 'v0', { tags: {} })])
    expect(changes.map(({ action, name }) => [action, name])).toEqual([
      ['create', 'b'],
      ['conflict', 'a'],
    ])
  })
})

/** What a store does with a plan, in a few lines. */
function carryOut(live: Map<string, Live>, changes: readonly Change[]): void {
  for (const change of changes) {
    if (change.action === 'conflict' || change.action === 'adopt') continue
    const { name } = change
    const before = live.get(name)
    const versions = new Map(before?.versions)
    if ('versionId' in change) versions.set(change.versionId, ['AWSCURRENT'])
    const current = 'versionId' in change ? change.versionId : before?.current
    live.set(name, {
      name,
      versions,
      ...(current === undefined ? {} : { current }),
      tags: tagsOf(desire(name, current ?? '')),
    })
  }
}

describe('plan and apply', () => {
  const versions = fc.dictionary(fc.constantFrom('a', 'b', 'c', 'd'), fc.constantFrom('v1', 'v2', 'v3'))

  it('leave nothing to do', () => {
    fc.assert(
      fc.property(fc.array(versions, { minLength: 1, maxLength: 5 }), (states) => {
        const live = new Map<string, Live>()
        for (const state of states) {
          const secrets = Object.entries(state).map(([name, versionId]) => desire(name, versionId))
          carryOut(live, plan(secrets, [...live.values()]).changes)
          expect(plan(secrets, [...live.values()])).toMatchObject({ changes: [], unchanged: secrets.length })
        }
      }),
    )
  })

  it('make A, B, A a relabel', () => {
    const live = new Map<string, Live>()
    for (const version of ['v1', 'v2'])
      carryOut(live, plan([desire('a', version)], [...live.values()]).changes)
    expect(plan([desire('a', 'v1')], [...live.values()]).changes).toMatchObject([
      { action: 'relabel', versionId: 'v1', from: 'v2' },
    ])
  })
})
