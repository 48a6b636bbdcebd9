import { describe, expect, it } from 'vitest'
import { listSettings } from '../../../../lib/core/audit/list-settings.ts'
import type { HistoryEntry, HistoryOutcome } from '../../../../lib/core/state/records.ts'
import { createHistoryEntry } from '../../../contracts/state-store.ts'

const origin = { kind: 'Secret', name: 's', key: 'k' } as const
const ada = { from: 'push', name: 'ada' } as const

function entry(at: string, ...outcomes: HistoryOutcome[]): HistoryEntry {
  return createHistoryEntry('c/n/a', { at, outcomes, actor: ada })
}

const newestFirst = [
  entry('5', { action: 'delete', name: 'a', result: 'applied', from: 'v1' }),
  entry('4', { action: 'relabel', name: 'a', result: 'applied', versionId: 'v1', from: 'v2' }),
  entry('3', { action: 'update', name: 'a', result: 'failed', code: 'StoreThrottled' }),
  entry(
    '2',
    { action: 'update', name: 'a', result: 'applied', versionId: 'v2', from: 'v1' },
    { action: 'retag', name: 'a', result: 'applied' },
    { action: 'create', name: 'b', result: 'applied', versionId: 'v1', origin },
  ),
  entry('1', { action: 'create', name: 'a', result: 'applied', versionId: 'v1', origin }),
]

describe('listSettings', () => {
  it('lists every version that a secret was set to, and its end', () => {
    const settings = listSettings(newestFirst, { name: 'a' })
    expect(settings.map(({ at, action, versionId, from }) => [at, action, versionId, from])).toEqual([
      ['5', 'delete', undefined, 'v1'],
      ['4', 'relabel', 'v1', 'v2'],
      ['2', 'update', 'v2', 'v1'],
      ['1', 'create', 'v1', undefined],
    ])
    expect(settings[3]).toMatchObject({ configId: 'c/n/a', actor: ada, revision: null, requestId: 'q1' })
  })

  it('knows where a version comes from that was moved back to', () => {
    expect(listSettings(newestFirst, { name: 'a', version: 'v1' })).toMatchObject([
      { at: '4', action: 'relabel', origin },
      { at: '1', action: 'create', origin },
    ])
  })

  it('finds a version by the beginning of its id, and nothing where there is none', () => {
    expect(listSettings(newestFirst, { name: 'a', version: 'v' })).toHaveLength(3)
    expect(listSettings(newestFirst, { name: 'a', version: 'v3' })).toEqual([])
    expect(listSettings(newestFirst, { name: 'c' })).toEqual([])
  })
})
