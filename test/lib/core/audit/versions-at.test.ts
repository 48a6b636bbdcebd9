import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listVersionsAt } from '../../../../lib/core/audit/versions-at.ts'
import type { HistoryEntry, HistoryOutcome } from '../../../../lib/core/state/records.ts'
import { createHistoryEntry } from '../../../contracts/state-store.ts'

const name = fc.constantFrom('a', 'b', 'c', 'd')
const change = fc.record({ name, versionId: fc.option(fc.constantFrom('v1', 'v2', 'v3')) })
const outcome = (
  { name, versionId }: { name: string; versionId: string | null },
  from: string | undefined,
): HistoryOutcome => ({
  ...{ name, result: 'applied' as const, ...(from === undefined ? {} : { from }) },
  ...(versionId === null ? { action: 'delete' as const } : { action: 'update' as const, versionId }),
})

describe('listVersionsAt', () => {
  it('finds what was there after every entry of any history', () => {
    fc.assert(
      fc.property(fc.array(fc.uniqueArray(change, { selector: (c) => c.name }), { maxLength: 8 }), (runs) => {
        const known = new Map<string, string>()
        const entries: HistoryEntry[] = []
        const states = [new Map(known)]
        for (const [index, changes] of runs.entries()) {
          const outcomes = changes.map((made) => outcome(made, known.get(made.name)))
          for (const made of changes) {
            if (made.versionId === null) known.delete(made.name)
            else known.set(made.name, made.versionId)
          }
          entries.unshift(createHistoryEntry('c/n/a', { at: `${index + 1}`, outcomes }))
          states.push(new Map(known))
        }
        for (const [index, state] of states.entries()) {
          expect(listVersionsAt(known, { entries, entryAt: `${index}` })).toEqual(state)
        }
      }),
    )
  })

  it('takes nothing back that was not done', () => {
    const outcomes: HistoryOutcome[] = [
      { action: 'update', name: 'a', result: 'failed', from: 'v1', versionId: 'v2' },
      { action: 'retag', name: 'b', result: 'applied', from: 'v0' },
    ]
    const known = new Map([
      ['a', 'v1'],
      ['b', 'v1'],
    ])
    const entries = [createHistoryEntry('c/n/a', { at: '2', outcomes })]
    expect(listVersionsAt(known, { entries, entryAt: '1' })).toEqual(known)
  })
})
