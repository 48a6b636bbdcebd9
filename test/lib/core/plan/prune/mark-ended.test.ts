import { expect, it } from 'vitest'
import { listEnded, markEnded } from '../../../../../lib/core/plan/prune/mark-ended.ts'
import type { InventoryEntry } from '../../../../../lib/core/state/records.ts'

const entry = (name: string, part: Partial<InventoryEntry> = {}): InventoryEntry => ({
  ...{ name, versionId: `${name}1`, writtenAt: '' },
  ...part,
})
const set = { secrets: [{ name: 'wanted', versionId: 'wanted1' }], disabled: ['disabled'] }

it.each<[string, InventoryEntry, boolean]>([
  ['what nobody wants and is ending', entry('a', { drift: 'ending' }), true],
  ['what was marked before', entry('a', { drift: 'ending', isEnded: true }), true],
  ['what is there', entry('a'), false],
  ['what came back', entry('a', { isEnded: true }), false],
  ['what has changed only', entry('a', { drift: 'x' }), false],
  ['what Git wants', entry('wanted', { drift: 'ending' }), false],
  ['what Git names', entry('disabled', { drift: 'ending' }), false],
])('marks %s, or not', (_, before, isEnded) => {
  const { isEnded: __, ...rest } = before
  expect(markEnded([before], set)).toEqual([{ ...rest, ...(isEnded && { isEnded }) }])
})

it('lists what is not kept, marked or absent', () => {
  const before = ['a', 'b', 'c'].map((name) => entry(name))
  expect(listEnded(before, [entry('a'), entry('b', { isEnded: true }), entry('d')])).toEqual(['b', 'c'])
})
