import { expect, it } from 'vitest'
import { settleInventory } from '../../../../lib/core/audit/settle-inventory.ts'
import type { InventoryEntry } from '../../../../lib/core/state/records.ts'

const at = '2026-01-02T00:00:00.000Z'
const entry = (name: string, part: Partial<InventoryEntry> = {}): InventoryEntry => ({
  ...{ name, versionId: `${name}1`, writtenAt: '', uid: 'u' },
  ...part,
})

it('takes over what is known beyond the inventory, and keeps the rest as it is', () => {
  const kept = entry('kept', { drift: 'ending' })
  const ended = entry('ended', { isEnded: true })
  const before = [
    entry('touched'),
    entry('back', { isEnded: true }),
    entry('changed', { drift: 'missing' }),
    ended,
    kept,
  ]
  const known = new Map(['kept', 'touched', 'new', 'back'].map((name) => [name, `${name}1`])).set(
    'changed',
    'changed2',
  )
  const after = settleInventory([...before, entry('lost')], { known, begun: ['touched', 'absent'], at })
  expect(after).toEqual([
    entry('back', { writtenAt: at }),
    entry('changed', { versionId: 'changed2', writtenAt: at }),
    ended,
    kept,
    entry('lost', { isEnded: true }),
    { name: 'new', versionId: 'new1', writtenAt: at },
    entry('touched', { writtenAt: at }),
  ])
  expect([after[2], after[3]]).toEqual([ended, kept])
  expect(after[3]).toBe(kept)
})
