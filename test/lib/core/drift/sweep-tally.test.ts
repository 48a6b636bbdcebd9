import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSweepTally, type SweptConfig } from '../../../../lib/core/drift/sweep-tally.ts'
import { formatOwner, type OwnershipScope } from '../../../../lib/core/plan/identity/ownership.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { InventoryEntry } from '../../../../lib/core/state/records.ts'

const ownership: OwnershipScope = {
  key: new Uint8Array(32).fill(1),
  deployment: 'd',
  account: '123456789012',
  region: 'eu-west-1',
}
const writtenBefore = '2026-01-31T08:00:00.000Z'
const old = '2026-01-31T07:00:00.000Z'
const entry = (name: string, part: Partial<InventoryEntry> = {}): InventoryEntry => ({
  name,
  versionId: `${name}1`,
  writtenAt: old,
  ...part,
})
const config = (inventory: readonly InventoryEntry[], part: Partial<SweptConfig> = {}): SweptConfig => ({
  id: 's/n/a',
  generation: 1,
  inventory,
  ...part,
})
const live = (name: string, part: Partial<Live> = {}, id = 's/n/a'): Live => ({
  name,
  current: `${name}1`,
  versions: new Map(),
  tags: formatOwner(ownership, id, name),
  ...part,
})

function tally(configs: readonly SweptConfig[], pages: readonly (readonly Live[])[]) {
  const swept = createSweepTally(configs, { ownership, writtenBefore })
  for (const page of pages) swept.add(page)
  return swept.listDrifted('all').map(({ id }) => id)
}

describe('a whole listing', () => {
  it('finds nothing where all is as it was written', () => {
    expect(tally([config([entry('a'), entry('b')])], [[live('b')], [live('a'), live('c')]])).toEqual([])
  })

  it.each([
    ['another version', [live('a', { current: 'x' })]],
    ['a secret that is to end', [live('a', { deletionAt: '2026-02-28T08:00:00.000Z' })]],
    ['a secret that is gone', []],
    ['a secret that lost its mark', [live('a', { tags: {} })]],
  ])('finds %s', (_, page) => {
    expect(tally([config([entry('a')])], [page])).toEqual(['s/n/a'])
  })

  it('concludes nothing from what was written a moment ago', () => {
    const fresh = entry('a', { writtenAt: writtenBefore })
    expect(tally([config([fresh])], [[live('a', { current: 'x' })]])).toEqual([])
    expect(tally([config([fresh])], [])).toEqual([])
  })

  it('takes for no news what the last look has left as it is, and for news when that changes', () => {
    const left = config([entry('a', { drift: 'x' })])
    expect(tally([left], [[live('a', { current: 'x' })]])).toEqual([])
    expect(tally([left], [[live('a', { current: 'y' })]])).toEqual(['s/n/a'])
    expect(tally([left], [[live('a')]])).toEqual(['s/n/a'])
    expect(tally([config([entry('a', { drift: 'missing' })])], [])).toEqual([])
  })

  it('tells apart two configs that have written the same name', () => {
    const first = config([entry('a')])
    const second = config([entry('a')], { id: 's/n/b' })
    expect(tally([first, second], [[live('a', {}, 's/n/b')]])).toEqual(['s/n/a'])
  })
})

describe('a listing in parts', () => {
  it('finds the same as in one, wherever it is cut', () => {
    const names = Array.from({ length: 20 }, (_, n) => `n${n}`)
    const drifts = fc.array(fc.constantFrom('same', 'edited', 'missing'), { minLength: 20, maxLength: 20 })
    fc.assert(
      fc.property(drifts, fc.nat(20), (states, cut) => {
        const configs = names.map((name) => config([entry(name)], { id: `s/n/${name}` }))
        const all = names.flatMap((name, n) => {
          if (states[n] === 'missing') return []
          return [live(name, states[n] === 'edited' ? { current: 'x' } : {}, `s/n/${name}`)]
        })
        const first = createSweepTally(configs, { ownership, writtenBefore })
        first.add(all.slice(0, cut))
        const second = createSweepTally(configs, { ownership, writtenBefore, seen: first.exportSeen() })
        second.add(all.slice(cut))
        const found = [...first.listDrifted('some'), ...second.listDrifted('all')].map(({ id }) => id)
        const drifted = names.filter((_, n) => states[n] !== 'same').map((name) => `s/n/${name}`)
        expect(found.sort()).toEqual(drifted.sort())
      }),
      { numRuns: 50 },
    )
  })

  it('misses nothing in a config that was synced between the parts', () => {
    const before = createSweepTally([config([entry('a'), entry('b')])], { ownership, writtenBefore })
    before.add([live('a')])
    const synced = config([entry('a'), entry('b'), entry('c')], { generation: 2 })
    const between = createSweepTally([synced], { ownership, writtenBefore, seen: before.exportSeen() })
    expect(between.listDrifted('all')).toEqual([])
    const last = createSweepTally([synced], { ownership, writtenBefore, seen: between.exportSeen() })
    expect(last.listDrifted('all')).toEqual([])
  })
})
