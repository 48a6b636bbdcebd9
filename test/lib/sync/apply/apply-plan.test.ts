import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { Change, Plan } from '../../../../lib/core/plan/plan.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { Desired } from '../../../../lib/core/secrets/desired.ts'
import { applyPlan } from '../../../../lib/sync/apply/apply-plan.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  vi.restoreAllMocks()
  harness.close()
})

const version = (letter: string) => letter.repeat(64)

function desire(name: string, letter: string): Desired {
  const origin = { kind: 'Secret', name: 's', key: name } as const
  return {
    name,
    versionId: version(letter),
    payload: SecretValue.fromText(letter),
    kind: 'string',
    origin,
    tags: {},
  }
}

function apply(changes: Change[], desired: Desired[], stopAt = Number.POSITIVE_INFINITY) {
  const plan: Plan = {
    configId: 'm/shop/a',
    revision: { ref: 'main', commit: 'c'.repeat(40) },
    changes,
    unchanged: 0,
    disabled: [],
  }
  const byName = new Map(desired.map((secret) => [secret.name, secret]))
  return applyPlan(plan, {
    store: harness.store,
    desired: byName,
    tagsOf: () => ({ t: 'v' }),
    standingOf: () => ({ kind: 'ours' }),
    clock: harness.clock,
    stopAt,
  })
}

const create = (name: string, letter = 'a'): Change => ({
  action: 'create',
  name,
  because: 'missing',
  versionId: version(letter),
})
const update = (name: string, from: string, to: string): Change => ({
  action: 'update',
  name,
  because: 'value-changed',
  from: version(from),
  versionId: version(to),
})
const current = async (name: string) => (await harness.store.describe(name))?.current

describe('applyPlan', () => {
  it('creates, updates and relabels', async () => {
    await apply([create('a')], [desire('a', 'a')])
    await apply([update('a', 'a', 'b')], [desire('a', 'b')])
    expect(await current('a')).toBe(version('b'))
    const back: Change = {
      action: 'relabel',
      name: 'a',
      because: 'version-known',
      from: version('b'),
      versionId: version('a'),
    }
    expect(await apply([back], [desire('a', 'a')])).toMatchObject([
      { result: 'applied', versionId: version('a') },
    ])
    expect(await harness.store.describe('a')).toMatchObject({
      current: version('a'),
      previous: version('b'),
      tags: { t: 'v' },
    })
  })

  it('moves the label when the store knew the version of an update already', async () => {
    await apply([create('a')], [desire('a', 'a')])
    await apply([update('a', 'a', 'b')], [desire('a', 'b')])
    await apply([update('a', 'b', 'a')], [desire('a', 'a')])
    expect(await current('a')).toBe(version('a'))
  })

  it('restores before it updates', async () => {
    await apply([create('a')], [desire('a', 'a')])
    await harness.store.scheduleDeletion('a', 7)
    const restore: Change = { action: 'restore', name: 'a', because: 'scheduled-for-deletion' }
    const outcomes = await apply([update('a', 'a', 'b'), restore], [desire('a', 'b')])
    expect(outcomes.map(({ change, result }) => [change.action, result])).toEqual([
      ['update', 'applied'],
      ['restore', 'applied'],
    ])
    expect(await harness.store.describe('a')).toMatchObject({ current: version('b') })
  })

  it('reports every failure and goes on with the rest', async () => {
    await apply([create('b')], [desire('b', 'a')])
    const conflict: Change = { action: 'conflict', name: 'c', because: 'not-marked', code: 'SecretNotOwned' }
    const outcomes = await apply(
      [create('a'), update('b', 'z', 'b'), update('missing', 'a', 'b'), conflict],
      [desire('a', 'a'), desire('b', 'b'), desire('missing', 'b')],
    )
    expect(outcomes).toMatchObject([
      { result: 'applied' },
      { result: 'applied' },
      { result: 'failed', code: 'SecretNotFound' },
      { result: 'failed', code: 'SecretNotOwned' },
    ])
  })

  it('skips the later changes of a secret whose earlier one failed', async () => {
    const restore: Change = { action: 'restore', name: 'a', because: 'scheduled-for-deletion' }
    const outcomes = await apply([restore, update('a', 'a', 'b')], [desire('a', 'b')])
    expect(outcomes).toMatchObject([{ result: 'failed', code: 'SecretNotFound' }, { result: 'skipped' }])
  })

  it('deletes only when all else is as Git says', async () => {
    await apply([create('a'), create('b')], [desire('a', 'a'), desire('b', 'a')])
    const deletion: Change = {
      action: 'delete',
      name: 'b',
      because: 'no-longer-wanted',
      recoveryWindowDays: 7,
    }
    const failing = await apply(
      [update('a', 'z', 'b'), update('missing', 'a', 'b'), deletion],
      [desire('a', 'b')],
    )
    expect(failing.at(-1)).toEqual({ change: deletion, result: 'skipped' })
    expect(await harness.store.describe('b')).not.toHaveProperty('deletionAt')
    expect(await apply([deletion], [])).toMatchObject([{ result: 'applied' }])
    expect(await harness.store.describe('b')).toHaveProperty('deletionAt')
  })

  it('begins nothing when the time is over', async () => {
    const outcomes = await apply([create('a')], [desire('a', 'a')], harness.clock.now())
    expect(outcomes).toMatchObject([{ result: 'deferred', code: 'DeadlineReached' }])
    expect(await current('a')).toBeUndefined()
  })

  it('looks again when the answer to a write was lost', async () => {
    const { create: really } = harness.store
    vi.spyOn(harness.store, 'create').mockImplementation(async (secret) => {
      await really(secret)
      throw new SyncError('StoreUnavailable')
    })
    expect(await apply([create('a')], [desire('a', 'a')])).toMatchObject([{ result: 'applied' }])
    vi.spyOn(harness.store, 'create').mockRejectedValue(new SyncError('StoreUnavailable'))
    expect(await apply([create('b')], [desire('b', 'a')])).toMatchObject([
      { result: 'failed', code: 'StoreUnavailable' },
    ])
  })

  it('does not take a foreign secret that appeared meanwhile for its own', async () => {
    await apply([create('a', 'z')], [desire('a', 'z')])
    expect(await apply([create('a')], [desire('a', 'a')])).toMatchObject([
      { result: 'failed', code: 'SecretExists' },
    ])
    expect(await current('a')).toBe(version('z'))
  })
})
