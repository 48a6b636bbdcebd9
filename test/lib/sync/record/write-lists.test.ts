import { expect, it } from 'vitest'
import { createHead } from '../../../../lib/sync/apply/begin-sync.ts'
import { writeLists } from '../../../../lib/sync/record/write-lists.ts'
import { createSyncHarness } from '../../../fakes/sync-harness.ts'

it('writes lists that are newer than those in force and apart from those of other looks', async () => {
  const { dependencies, state, look, clock, close } = createSyncHarness()
  const first = await look('a')
  const lists = { inventory: [], dependencies: [{ path: 'a', oid: null }] }
  const generation = await writeLists(dependencies, first, lists)
  expect(await state.readDependencies('m/shop/a', generation)).toEqual(lists.dependencies)
  const other = { ...first, poke: { ...first.poke, requestId: 'request-2' } }
  expect(await writeLists(dependencies, other, lists)).not.toBe(generation)
  clock.advance(1)
  expect(await writeLists(dependencies, await look('a'), lists)).toBeGreaterThan(generation)
  const head = { ...createHead(first), generation: generation + 5000 }
  expect(await writeLists(dependencies, { ...first, head }, lists)).toBe(generation + 5001)
  close()
})
