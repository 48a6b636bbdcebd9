import { describe, expect, it } from 'vitest'
import { withholdWrites } from '../../../../../lib/core/plan/pace/withhold-writes.ts'
import type { Change, Plan } from '../../../../../lib/core/plan/plan.ts'
import type { InventoryEntry } from '../../../../../lib/core/state/records.ts'
import { formatTime } from '../../../../../lib/core/time.ts'

const now = Date.UTC(2026, 0, 31, 8)
const at = formatTime(now)
const update = (name: string, versionId: string): Change => ({
  action: 'update',
  name,
  because: 'value-changed',
  versionId,
})
const retag = (name: string): Change => ({ action: 'retag', name, because: 'tags-changed' })
const deletion: Change = { action: 'delete', name: 'z', because: 'no-longer-wanted', recoveryWindowDays: 7 }
const full: InventoryEntry = { name: 'full', versionId: 'v1', writtenAt: at, versions: { level: 60, at } }
const contested: InventoryEntry = { name: 'foe', versionId: 'v1', writtenAt: at, repairs: { level: 6, at } }

function withhold(changes: readonly Change[], isManual = false) {
  const plan: Plan = {
    configId: 's/n/a',
    revision: { ref: 'main', commit: 'c' },
    changes,
    unchanged: 0,
    disabled: [],
  }
  const result = withholdWrites(plan, { inventory: [full, contested], now, isManual })
  return { changes: result.plan.changes, withheld: result.withheld }
}

describe('withholdWrites', () => {
  it('leaves a plan as it is where every write has room', () => {
    const changes = [update('a', 'v1'), deletion]
    expect(withhold(changes)).toEqual({ changes, withheld: [] })
  })

  it('takes out all changes of a secret that was written too often, and deletions with them', () => {
    const changes = [update('a', 'v1'), update('full', 'v2'), retag('full'), deletion]
    expect(withhold(changes)).toEqual({
      changes: [changes[0]],
      withheld: [
        { change: changes[1], result: 'deferred', code: 'WriteDeferred' },
        { change: changes[2], result: 'deferred', code: 'WriteDeferred' },
        { change: deletion, result: 'skipped' },
      ],
    })
  })

  it('gives way to a person where others write the secret too, and not where AWS would have no room', () => {
    const repair = update('foe', 'v1')
    expect(withhold([repair]).withheld).toMatchObject([{ code: 'SecretContested' }])
    expect(withhold([repair], true).withheld).toEqual([])
    expect(withhold([update('full', 'v2')], true).withheld).toMatchObject([{ code: 'WriteDeferred' }])
  })
})
