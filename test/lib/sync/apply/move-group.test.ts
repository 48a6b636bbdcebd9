import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { SyncError } from '../../../../lib/core/errors.ts'
import type { Member } from '../../../../lib/core/plan/group/atomic-group.ts'
import { moveGroup, undoGroup } from '../../../../lib/sync/apply/move-group.ts'
import { createNewSecret, versionId } from '../../../contracts/store-under-test.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'

const members: Member[] = ['a', 'b', 'c'].map((name) => ({ name, from: versionId(1), to: versionId(2) }))
let harness: SyncHarness

beforeEach(async () => {
  harness = createSyncHarness()
  for (const { name } of members) {
    await harness.store.create(createNewSecret(name, 'one'))
    await harness.store.put({ ...createNewSecret(name, 'two', 2), label: 'smc-staged' })
  }
})

afterEach(() => {
  vi.restoreAllMocks()
  harness.close()
})

const readCurrent = async () =>
  await Promise.all(members.map(async ({ name }) => (await harness.store.describe(name))?.current))
const all = (n: number) => members.map(() => versionId(n))

/** Makes the label of one secret refuse to move. */
function refuse(refused: (name: string, to: string) => boolean, code: 'StoreAccessDenied' | 'StageMoved') {
  const { moveCurrent } = harness.store
  vi.spyOn(harness.store, 'moveCurrent').mockImplementation(async (name, to, from) => {
    if (refused(name, to)) throw new SyncError(code)
    await moveCurrent(name, to, from)
  })
}

describe('moveGroup', () => {
  it('moves every label', async () => {
    const waited: string[] = []
    const moved = await moveGroup(harness.store, { pending: members, moved: [] }, async ({ name }) => {
      waited.push(name)
    })
    expect(moved).toEqual({ failures: new Map(), mixed: new Set() })
    expect(waited).toEqual(['a', 'b', 'c'])
    expect(await readCurrent()).toEqual(all(2))
  })

  it('takes everything back where one does not move, also what was moved before', async () => {
    await harness.store.moveCurrent('a', versionId(2), versionId(1))
    refuse((name) => name === 'c', 'StoreAccessDenied')
    const [a, ...rest] = members
    const moved = await moveGroup(harness.store, { pending: rest, moved: a ? [a] : [] })
    expect(moved).toEqual({ failures: new Map([['c', 'StoreAccessDenied']]), mixed: new Set() })
    expect(await readCurrent()).toEqual(all(1))
  })

  it('believes the store where an answer was lost', async () => {
    const { moveCurrent } = harness.store
    vi.spyOn(harness.store, 'moveCurrent').mockImplementation(async (...move) => {
      await moveCurrent(...move)
      throw new SyncError('StoreUnavailable')
    })
    expect((await moveGroup(harness.store, { pending: members, moved: [] })).failures.size).toBe(0)
    expect(await readCurrent()).toEqual(all(2))
  })

  it.each([
    ['takes it back with the others', 2, []],
    ['says so, where it cannot be taken back either', 4, ['c']],
  ])('may have moved a label of which it heard nothing: %s', async (_, silentCalls, mixed) => {
    const { moveCurrent, describe: describeSecret } = harness.store
    let silent = 0
    const hear = async <Result>(name: string, answer: Promise<Result>) => {
      const result = await answer.catch((thrown) => thrown)
      if (name === 'c' && silent++ < silentCalls) throw new SyncError('StoreUnavailable')
      if (result instanceof Error) throw result
      return result
    }
    vi.spyOn(harness.store, 'moveCurrent').mockImplementation((name, to, from) =>
      hear(name, moveCurrent(name, to, from)),
    )
    vi.spyOn(harness.store, 'describe').mockImplementation((name) => hear(name, describeSecret(name)))
    const moved = await moveGroup(harness.store, { pending: members, moved: [] })
    expect([...moved.failures]).toEqual([['c', 'StoreUnavailable']])
    expect([...moved.mixed]).toEqual(mixed)
    vi.restoreAllMocks()
    expect(await readCurrent()).toEqual(all(1))
  })

  it('says what it could not take back', async () => {
    refuse((name, to) => name === 'c' || (name === 'b' && to === versionId(1)), 'StoreAccessDenied')
    const moved = await moveGroup(harness.store, { pending: members, moved: [] })
    expect([...moved.failures.keys()]).toEqual(['c'])
    expect([...moved.mixed]).toEqual(['b'])
    expect(await readCurrent()).toEqual([versionId(1), versionId(2), versionId(1)])
  })
})

it('undoGroup leaves labels alone that somebody else has moved on', async () => {
  for (const { name } of members) await harness.store.moveCurrent(name, versionId(2), versionId(1))
  await harness.store.put(createNewSecret('b', 'three', 3))
  expect([...(await undoGroup(harness.store, members))]).toEqual([])
  expect(await readCurrent()).toEqual([versionId(1), versionId(3), versionId(1)])
})
