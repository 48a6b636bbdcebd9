import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { Standing } from '../../../../lib/core/plan/judge-standing.ts'
import type { Change } from '../../../../lib/core/plan/plan.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import type { Desired } from '../../../../lib/core/secrets/desired.ts'
import { applyChange } from '../../../../lib/sync/apply/apply-change.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const current = 'a'.repeat(64)
let harness: SyncHarness

beforeEach(async () => {
  harness = createSyncHarness()
  const value = SecretValue.fromText('theirs')
  await harness.store.create({ name: 'a', versionId: current, value, kind: 'string', tags: { team: 'them' } })
  harness.writes.length = 0
})

afterEach(() => {
  vi.restoreAllMocks()
  harness.close()
})

const desired: Desired = {
  name: 'a',
  versionId: 'b'.repeat(64),
  payload: SecretValue.fromText('ours'),
  kind: 'string',
  origin: { kind: 'Secret', name: 's', key: 'a' },
  tags: {},
}

const apply = async (change: Change, standing: Standing | (() => Standing)) =>
  await applyChange(change, {
    store: harness.store,
    desired: new Map([['a', desired]]),
    tagsOf: () => ({ mark: 'x' }),
    standingOf: () => (typeof standing === 'function' ? standing() : standing),
    clock: harness.clock,
    stopAt: Number.POSITIVE_INFINITY,
  })

const ours: Standing = { kind: 'ours' }
const taken: Standing = { kind: 'conflict', code: 'SecretOwnedElsewhere', because: 'other-config' }
const adoption: Change = { action: 'adopt', name: 'a', because: 'listed-for-adoption', at: current }
const deletion: Change = { action: 'delete', name: 'a', because: 'no-longer-wanted', recoveryWindowDays: 9 }

describe('an adoption', () => {
  it('marks the secret and leaves its own tags and its value', async () => {
    expect(await apply(adoption, { kind: 'adoptable', at: current })).toMatchObject({ result: 'applied' })
    expect(await harness.store.describe('a')).toMatchObject({ current, tags: { team: 'them', mark: 'x' } })
  })

  it('has nothing to do where the secret is ours by now', async () => {
    expect(await apply(adoption, ours)).toMatchObject({ result: 'applied' })
    expect(harness.writes).toEqual([])
  })

  it("leaves a secret alone that is somebody else's by now, or gone", async () => {
    expect(await apply(adoption, taken)).toMatchObject({ result: 'failed', code: 'SecretOwnedElsewhere' })
    expect(await apply({ ...adoption, name: 'gone' }, ours)).toMatchObject({ code: 'SecretNotFound' })
    expect(harness.writes).toEqual([])
  })
})

describe('a deletion', () => {
  it('is scheduled with the window', async () => {
    expect(await apply(deletion, ours)).toMatchObject({ result: 'applied' })
    const { deletionAt = '' } = (await harness.store.describe('a')) ?? {}
    expect(Date.parse(deletionAt) - harness.clock.now()).toBe(9 * 86_400_000)
  })

  it('is done where the secret is gone, and keeps the date of one that is scheduled', async () => {
    expect(await apply({ ...deletion, name: 'gone' }, ours)).toMatchObject({ result: 'applied' })
    await harness.store.scheduleDeletion('a', 30)
    const before = await harness.store.describe('a')
    harness.writes.length = 0
    expect(await apply(deletion, ours)).toMatchObject({ result: 'applied' })
    expect(await harness.store.describe('a')).toEqual(before)
    expect(harness.writes).toEqual([])
  })

  it.each([
    [taken, 'SecretOwnedElsewhere'],
    [{ kind: 'adoptable', at: current } as const, 'SecretNotOwned'],
  ])('leaves a secret alone that is not ours by now', async (standing, code) => {
    expect(await apply(deletion, standing)).toMatchObject({ result: 'failed', code })
    expect(harness.writes).toEqual([])
  })

  it('is found done when its answer was lost', async () => {
    const { scheduleDeletion: really } = harness.store
    const lose = vi.spyOn(harness.store, 'scheduleDeletion')
    lose.mockImplementation(async () => {
      throw new SyncError('StoreUnavailable')
    })
    expect(await apply(deletion, ours)).toMatchObject({ result: 'failed', code: 'StoreUnavailable' })
    lose.mockImplementation(async (name, days) => {
      await really(name, days)
      throw new SyncError('StoreUnavailable')
    })
    expect(await apply(deletion, ours)).toMatchObject({ result: 'applied' })
  })
})

const restoration: Change = { action: 'restore', name: 'a', because: 'scheduled-for-deletion' }
const tagging: Change = { action: 'retag', name: 'a', because: 'tags-changed' }

describe('a change whose answer was lost', () => {
  it.each([
    ['restore', restoration, ours],
    ['tag', tagging, ours],
    ['tag', adoption, { kind: 'adoptable', at: current } as const],
  ] as const)('is asked about again after %s', async (call, change, standing) => {
    if (call === 'restore') await harness.store.scheduleDeletion('a', 30)
    const really: (...args: never[]) => Promise<void> = harness.store[call]
    const lose = vi.spyOn(harness.store, call)
    let isMarked = false
    const standingOf = () => (isMarked ? ours : standing)
    lose.mockImplementation(async () => {
      throw new SyncError('StoreUnavailable')
    })
    expect(await apply(change, standingOf)).toMatchObject({ result: 'failed', code: 'StoreUnavailable' })
    lose.mockImplementation(async (...args: unknown[]) => {
      await really(...(args as never[]))
      isMarked = true
      throw new SyncError('StoreUnavailable')
    })
    expect(await apply(change, standingOf)).toMatchObject({ result: 'applied' })
  })
})
