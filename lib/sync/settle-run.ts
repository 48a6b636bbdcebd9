import type { Config } from '../core/config/config.ts'
import type { Outcome } from '../core/plan/plan.ts'
import { countWrites } from '../core/plan/write-bucket.ts'
import { isHeldByOther } from '../core/state/lease.ts'
import type { InventoryEntry, Lease } from '../core/state/records.ts'
import { formatTime } from '../core/time.ts'
import type { SecretStore } from '../ports.ts'
import { appendHistory } from './append-history.ts'
import type { SyncDependencies } from './dependencies.ts'
import { createLimiter } from './limit-concurrency.ts'
import type { Look } from './look.ts'
import { openStore } from './open-store.ts'
import { settleGroup } from './settle-group.ts'
import { writeLists } from './write-lists.ts'

const describesAtATime = 20

/**
 * Accounts for a run that began to write and ended before its record: what it has written is known by the lease that
 * it left, and goes to inventory and history as its work; a group that it left half published is made whole. Needs no
 * Git and no key of a file.
 * @returns whether there was such a run; then the head has changed
 * @throws {SyncError} StateConflict, GroupMixed, StoreThrottled, StoreAccessDenied, StoreUnavailable
 */
export async function settleRun(
  dependencies: SyncDependencies,
  look: Look,
  config: Config,
): Promise<boolean> {
  const { head, poke } = look
  const { state, clock } = dependencies
  const now = formatTime(clock.now())
  const lease = head?.lease
  if (!lease || poke.planOnly || isHeldByOther(lease, { holder: poke.requestId, now })) return false
  await settleGroup(dependencies, config, lease)
  const written = await findWritten(await openStore(dependencies, config), lease, now)
  const inventory = await state.readInventory(config.id, head.generation)
  const generation = await addToInventory(dependencies, look, { inventory, written })
  const historyAt = await appendHistory(dependencies, look, {
    requestId: lease.holder,
    trigger: lease.trigger,
    revision: lease.revision,
    result: 'RunInterrupted',
    inventory,
    changes: { outcomes: [], inventory: written, begun: written.map(({ name }) => name) },
  })
  const { lease: _, ...rest } = head
  await state.writeHead({ ...rest, generation, ...(historyAt === undefined ? {} : { historyAt }) }, head)
  return true
}

/** The secrets that are as the run wanted them. */
async function findWritten(
  store: SecretStore,
  { writes }: Lease,
  writtenAt: string,
): Promise<readonly InventoryEntry[]> {
  const limited = createLimiter(describesAtATime)
  const found = await Promise.all(
    writes.map(async ({ name, versionId }) => {
      if (versionId === undefined) return []
      const live = await limited(() => store.describe(name))
      return live?.current === versionId ? [{ name, versionId, writtenAt }] : []
    }),
  )
  return found.flat()
}

/** @returns the generation of the inventory that has the entries */
async function addToInventory(
  dependencies: Pick<SyncDependencies, 'state' | 'clock'>,
  look: Look,
  {
    inventory,
    written,
  }: { readonly inventory: readonly InventoryEntry[]; readonly written: readonly InventoryEntry[] },
): Promise<number> {
  const { poke, head } = look
  const generation = head?.generation ?? 0
  const known = new Map(inventory.map((entry) => [entry.name, entry]))
  const added = written.filter(({ name, versionId }) => known.get(name)?.versionId !== versionId)
  if (added.length === 0) return generation
  for (const entry of added) known.set(entry.name, { ...withoutDrift(known.get(entry.name)), ...entry })
  const after = [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const at = formatTime(dependencies.clock.now())
  return await writeLists(dependencies, look, {
    inventory: countWrites(after, { before: inventory, outcomes: added.map(describeWrite), at }),
    dependencies: await dependencies.state.readDependencies(poke.id, generation),
  })
}

function withoutDrift(entry: InventoryEntry | undefined): Partial<InventoryEntry> {
  const { drift: _, ...rest } = entry ?? {}
  return rest
}

/** It may have been a mere move of a label: the bucket rather counts too many. */
function describeWrite({ name, versionId }: InventoryEntry): Outcome {
  return {
    change: { action: 'update', name, because: 'value-changed', versionId },
    result: 'applied',
    versionId,
  }
}
