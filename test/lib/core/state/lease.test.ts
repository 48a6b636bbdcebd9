import { describe, expect, it } from 'vitest'
import type { Change } from '../../../../lib/core/plan/plan.ts'
import { isHeldByOther, listLeasedWrites } from '../../../../lib/core/state/lease.ts'
import type { Lease } from '../../../../lib/core/state/records.ts'

describe('listLeasedWrites', () => {
  it('names each secret once, with the version that it is to have', () => {
    const changes: Change[] = [
      { action: 'restore', name: 'a', because: 'scheduled-for-deletion' },
      { action: 'create', name: 'b', because: 'missing', versionId: 'b1' },
      { action: 'update', name: 'a', because: 'value-changed', versionId: 'a1' },
      { action: 'retag', name: 'a', because: 'tags-changed' },
      { action: 'retag', name: 'c', because: 'tags-changed' },
      { action: 'conflict', name: 'd', because: 'not-marked', code: 'SecretNotOwned' },
    ]
    expect(listLeasedWrites({ changes }, { isAtomic: false })).toEqual([
      { name: 'a', versionId: 'a1' },
      { name: 'b', versionId: 'b1' },
      { name: 'c' },
    ])
  })

  it('says of a secret that it is to be taken away', () => {
    const change: Change = {
      action: 'delete',
      name: 'a',
      because: 'no-longer-wanted',
      recoveryWindowDays: 7,
    }
    expect(listLeasedWrites({ changes: [change] }, { isAtomic: true })).toEqual([
      { name: 'a', isDeletion: true },
    ])
  })

  it('says of a group also what was current before', () => {
    const changes: Change[] = [
      { action: 'create', name: 'a', because: 'missing', versionId: 'a1' },
      { action: 'update', name: 'b', because: 'value-changed', versionId: 'b2', from: 'b1' },
      { action: 'relabel', name: 'c', because: 'version-known', versionId: 'c2', from: 'c1' },
    ]
    expect(listLeasedWrites({ changes }, { isAtomic: true })).toEqual([
      { name: 'a', versionId: 'a1' },
      { name: 'b', versionId: 'b2', from: 'b1' },
      { name: 'c', versionId: 'c2', from: 'c1' },
    ])
    const direct = listLeasedWrites({ changes }, { isAtomic: false })
    expect(direct.map(({ from }) => from)).toEqual([undefined, undefined, undefined])
  })
})

describe('isHeldByOther', () => {
  const until = '2026-01-31T08:00:00.000Z'
  const revision = { ref: 'main', commit: 'a' }
  const lease: Lease = { holder: 'one', trigger: 'webhook', until, revision, writes: [] }

  it.each([
    ['other', '2026-01-31T07:59:59.999Z', true],
    ['other', until, false],
    ['one', '2026-01-31T07:00:00.000Z', false],
  ])('tells %s at %s: %s', (holder, now, held) => {
    expect(isHeldByOther(lease, { holder, now })).toBe(held)
  })
})
