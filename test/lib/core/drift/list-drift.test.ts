import { describe, expect, it } from 'vitest'
import { countDrift, type Drift, listDrift } from '../../../../lib/core/drift/list-drift.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { InventoryEntry } from '../../../../lib/core/state/records.ts'

const entry = (part: Partial<InventoryEntry> = {}): InventoryEntry => ({
  name: 'a',
  versionId: 'v1',
  writtenAt: '2026-01-31T08:00:00.000Z',
  ...part,
})
const live = (current: string): Live => ({ name: 'a', current, versions: new Map(), tags: {} })

function list(found: Live | undefined, before = entry(), after = entry()): readonly Drift[] {
  return listDrift({
    wanted: [
      { name: 'a', versionId: 'v2' },
      { name: 'new', versionId: 'n' },
    ],
    live: new Map(found ? [['a', found]] : []),
    isOurs: () => true,
    inventory: { before: [before], after: [after] },
  })
}

describe('listDrift', () => {
  it('lists what somebody else has changed, and whether it was repaired', () => {
    expect(list(live('x'))).toEqual([
      { name: 'a', kind: 'edited', finding: 'x', isKnown: false, repaired: true },
    ])
    expect(list(undefined, entry(), entry({ drift: 'missing' }))).toEqual([
      { name: 'a', kind: 'missing', finding: 'missing', isKnown: false, repaired: false },
    ])
  })

  it('lists what is repaired only now', () => {
    expect(list(live('x'), entry({ drift: 'x' }))).toEqual([
      { name: 'a', kind: 'edited', finding: 'x', isKnown: true, repaired: true },
    ])
  })

  it.each([
    ['is as it was written', live('v1'), entry()],
    ['is as Git wants it now, which only a run of ours could write', live('v2'), entry()],
    ['is as written again', live('v1'), entry({ drift: 'x' })],
  ])('does not list what %s', (_, found, before) => {
    expect(list(found, before)).toEqual([])
  })

  it('does not list what stays as the last look has left it', () => {
    expect(list(live('x'), entry({ drift: 'x' }), entry({ drift: 'x' }))).toEqual([])
  })
})

it('counts what is new by kind, and what was repaired of all', () => {
  const drift = (kind: Drift['kind'], isKnown: boolean, repaired: boolean): Drift => {
    return { name: 'a', kind, finding: 'x', isKnown, repaired }
  }
  const found = [drift('edited', false, true), drift('edited', false, false), drift('ending', true, true)]
  expect(countDrift(found)).toEqual({ edited: 2, missing: 0, ending: 0, repaired: 2 })
})
