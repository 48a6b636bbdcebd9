import type { InventoryEntry } from '../../state/records.ts'
import type { Outcome, Plan } from '../plan.ts'
import { findDeferral } from './write-bucket.ts'

/** A plan without the changes that have to wait, and what became of those. */
export interface WithheldWrites {
  readonly plan: Plan
  readonly withheld: readonly Outcome[]
}

export interface WithholdingOptions {
  readonly inventory: readonly InventoryEntry[]
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Somebody asks for it by name: then a secret that others write too is made again as well. */
  readonly isManual: boolean
}

/**
 * Takes all changes of a secret that was written too often out of a plan. The next look sees what Git says by then, so
 * that many commits become one write. Nothing is deleted meanwhile.
 */
export function withholdWrites(plan: Plan, { inventory, now, isManual }: WithholdingOptions): WithheldWrites {
  const known = new Map(inventory.map((entry) => [entry.name, entry]))
  const codes = new Map(
    plan.changes.flatMap((change) => {
      const code = findDeferral(change, known.get(change.name), now)
      return code === null || (isManual && code === 'SecretContested') ? [] : [[change.name, code] as const]
    }),
  )
  if (codes.size === 0) return { plan, withheld: [] }
  const withheld = plan.changes.flatMap((change): Outcome[] => {
    const code = codes.get(change.name)
    if (code !== undefined) return [{ change, result: 'deferred', code }]
    return change.action === 'delete' ? [{ change, result: 'skipped' }] : []
  })
  const held = new Set(withheld.map(({ change }) => change))
  return { plan: { ...plan, changes: plan.changes.filter((change) => !held.has(change)) }, withheld }
}
