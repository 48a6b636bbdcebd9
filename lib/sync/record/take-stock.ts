import { createIsOurs } from '../../core/drift/finding.ts'
import { type Drift, listDrift } from '../../core/drift/list-drift.ts'
import { noteDrift } from '../../core/drift/note-drift.ts'
import { countWrites } from '../../core/plan/pace/write-bucket.ts'
import { listReleased } from '../../core/plan/prune/list-released.ts'
import { markEnded } from '../../core/plan/prune/mark-ended.ts'
import { updateInventory } from '../../core/plan/update-inventory.ts'
import type { InventoryEntry } from '../../core/state/records.ts'
import type { IsoTime } from '../../core/time.ts'
import type { PublishedSync } from './record-sync.ts'

/** What a sync leaves behind. */
export interface Stock {
  readonly inventory: readonly InventoryEntry[]
  /** Only where the config wants to be told of it. */
  readonly drift: readonly Drift[]
}

/** What the config has written now, and what somebody else had changed. */
export function takeStock(published: PublishedSync, at: IsoTime): Stock {
  const { target, plan, ownership, set, live } = published
  const { config } = target
  const isOurs = createIsOurs(ownership, config.id)
  const written = updateInventory(published.inventory, {
    ...published,
    held: plan.held ?? [],
    begun: new Set(published.begun?.lease?.writes.map(({ name }) => name)),
    released: listReleased(published.inventory, published),
    uid: config.uid,
    at,
  })
  const counted = countWrites(written, { ...published, before: published.inventory, at })
  const inventory = markEnded(noteDrift(counted, { ...published, isOurs }), set)
  const between = { before: published.inventory, after: inventory }
  const found = { wanted: set.secrets, live, isOurs, inventory: between }
  return { inventory, drift: config.diffDiscovery ? listDrift(found) : [] }
}
