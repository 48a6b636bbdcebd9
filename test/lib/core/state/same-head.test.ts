import { describe, expect, it } from 'vitest'
import type { ConfigHead } from '../../../../lib/core/state/records.ts'
import { saysTheSame } from '../../../../lib/core/state/same-head.ts'

const mark = { revision: { ref: 'main', commit: 'c' }, specDigest: 's', optionDigest: 'o' }
const head: ConfigHead = {
  schema: 1,
  id: 'm/n/a',
  status: { phase: 'Ready', description: '', conditions: [], secretsSynced: 1, lastReconcileTime: '1' },
  applied: { ...mark, appliedAt: '1' },
  attempted: mark,
  attempt: 0,
  lookedAt: '1',
  generation: 1,
}

describe('saysTheSame', () => {
  it('overlooks when the looks were', () => {
    const later = {
      lookedAt: '2',
      status: { ...head.status, lastReconcileTime: '2' },
      applied: { ...mark, appliedAt: '2' },
    }
    expect(saysTheSame(head, { ...head, ...later, attempt: 3 })).toBe(true)
  })

  it.each<[string, Partial<ConfigHead>]>([
    ['phase', { status: { ...head.status, phase: 'Failed' } }],
    ['count', { status: { ...head.status, secretsSynced: 2 } }],
    ['revision', { applied: { ...mark, revision: { ref: 'main', commit: 'd' }, appliedAt: '1' } }],
    ['due time', { nextDueAt: '1' }],
    ['generation', { generation: 2 }],
  ])('notices another %s', (_, changes) => {
    expect(saysTheSame(head, { ...head, ...changes })).toBe(false)
  })
})
