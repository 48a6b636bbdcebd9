import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Change, Plan } from '../../../../lib/core/plan/plan.ts'
import { beginSync, countPruned, createHead } from '../../../../lib/sync/apply/begin-sync.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

let harness: SyncHarness

beforeEach(() => {
  harness = createSyncHarness()
})

afterEach(() => {
  harness.close()
})

const revision = { ref: 'main', commit: 'c'.repeat(40) }
const mark = { revision, specDigest: 's', optionDigest: 'o' }

function plan(...names: string[]): Plan {
  const changes = names.map(
    (name): Change => ({ action: 'create', name, because: 'missing', versionId: 'v' }),
  )
  return { configId: 'm/shop/a', revision, changes, unchanged: 0, disabled: [] }
}

const begin = async (names: string[], requestId = 'request-1') => {
  const look = await harness.look('a')
  return await beginSync(
    harness.dependencies,
    { ...look, poke: harness.poke('a', { requestId }) },
    { plan: plan(...names), mark, inventory: [] },
  )
}

describe('beginSync', () => {
  it('writes nothing when there is nothing to write', async () => {
    expect(await begin([])).toBeNull()
    expect(harness.writes).toEqual([])
  })

  it('writes a lease with what it may write, which ends after the deadline and is due then', async () => {
    const head = await begin(['a', 'b'])
    expect(head).toMatchObject({
      status: { phase: 'Updating' },
      lease: {
        holder: 'request-1',
        trigger: 'webhook',
        revision,
        writes: [
          { name: 'a', versionId: 'v' },
          { name: 'b', versionId: 'v' },
        ],
      },
    })
    expect(Date.parse(head?.lease?.until ?? '') - harness.clock.now()).toBe(330_000)
    expect(head?.nextDueAt).toBe(head?.lease?.until)
  })

  it('holds others back while a lease lasts, also those that have nothing to write', async () => {
    await begin(['a'])
    await expect(begin([], 'request-2')).rejects.toMatchObject({ code: 'LeaseHeld' })
  })

  it('lets only the holder on while a lease lasts', async () => {
    await begin(['a'])
    await expect(begin(['b'], 'request-2')).rejects.toMatchObject({ code: 'LeaseHeld' })
    expect((await begin(['b']))?.lease?.writes).toEqual([{ name: 'b', versionId: 'v' }])
    harness.clock.advance(331_000)
    expect((await begin(['c'], 'request-2'))?.lease).toMatchObject({ holder: 'request-2' })
  })

  it('does not overwrite a head that has changed since the look began', async () => {
    const look = await harness.look('a')
    await begin(['a'])
    await expect(
      beginSync(harness.dependencies, look, { plan: plan('b'), mark, inventory: [] }),
    ).rejects.toMatchObject({
      code: 'StateConflict',
    })
  })
})

describe('countPruned', () => {
  const entry = { name: 'a', versionId: 'v', writtenAt: '2026-01-01T00:00:00.000Z' }
  const now = '2026-01-31T08:00:00.000Z'
  const pruned = [{ day: '2026-01-01', deletions: 3, most: 9 }]

  it('leaves the tally of a run without deletions as it is', async () => {
    const head = createHead(await harness.look('a'))
    expect(countPruned(null, { deletions: 0, inventory: [], now })).toEqual({})
    expect(countPruned({ ...head, pruned }, { deletions: 0, inventory: [], now })).toEqual({ pruned })
  })

  it('counts before the run deletes, among what there was', async () => {
    const { look } = harness
    const deletion = {
      action: 'delete',
      name: 'a',
      because: 'no-longer-wanted',
      recoveryWindowDays: 7,
    } as const
    const changed = { ...plan(), changes: [deletion] }
    const head = await beginSync(harness.dependencies, await look('a'), {
      plan: changed,
      mark,
      inventory: [entry, { ...entry, name: 'b' }],
    })
    expect(head?.pruned).toEqual([{ day: expect.any(String), deletions: 1, most: 2 }])
  })
})

describe('createHead', () => {
  it('is the head of a config that was never looked at', async () => {
    expect(createHead(await harness.look('a'))).toMatchObject({ id: 'm/shop/a', attempt: 0, generation: 0 })
  })
})
