import { describe, expect, it } from 'vitest'
import { listKnownVersions } from '../../../../lib/core/audit/known-versions.ts'
import type { HistoryEntry, HistoryOutcome } from '../../../../lib/core/state/records.ts'

const inventory = ['a', 'b', 'c'].map((name) => ({ name, versionId: `${name}1`, writtenAt: '' }))

function entry(at: string, ...outcomes: HistoryOutcome[]): HistoryEntry {
  return {
    id: 'c/n/a',
    at,
    requestId: 'r',
    trigger: 'webhook',
    revision: null,
    result: 'RunInterrupted',
    outcomes,
  }
}

describe('listKnownVersions', () => {
  it('is the inventory where nothing is newer', () => {
    expect([...listKnownVersions(inventory, [])]).toEqual([
      ['a', 'a1'],
      ['b', 'b1'],
      ['c', 'c1'],
    ])
  })

  it('leaves out what the history says is ended, until newer entries have found it again', () => {
    const ended = [...inventory, { name: 'd', versionId: 'd1', writtenAt: '', isEnded: true } as const]
    expect([...listKnownVersions(ended, []).keys()]).toEqual(['a', 'b', 'c'])
    const found = entry('1', { action: 'found', name: 'd', result: 'applied', versionId: 'd1' })
    expect(listKnownVersions(ended, [found]).get('d')).toBe('d1')
  })

  it('follows what newer entries say was done, in the order of time', () => {
    const newer = [
      entry('3', { action: 'relabel', name: 'a', result: 'applied', versionId: 'a3' }),
      entry('2', { action: 'update', name: 'a', result: 'applied', versionId: 'a2' }),
      entry('1', { action: 'delete', name: 'b', result: 'applied' }),
      entry('1', { action: 'released', name: 'e', result: 'applied' }),
      entry('1', { action: 'update', name: 'c', result: 'failed', versionId: 'c2' }),
      entry('1', { action: 'retag', name: 'c', result: 'applied' }),
      entry('1', { action: 'create', name: 'd', result: 'applied', versionId: 'd1' }),
    ]
    const before = [...inventory, { name: 'e', versionId: 'e1', writtenAt: '' }]
    expect([...listKnownVersions(before, newer)]).toEqual([
      ['a', 'a3'],
      ['c', 'c1'],
      ['d', 'd1'],
    ])
  })
})
