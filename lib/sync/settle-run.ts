import type { Config } from '../core/config/config.ts'
import type { Outcome } from '../core/plan/plan.ts'
import { countWrites } from '../core/plan/write-bucket.ts'
import type { SecretName } from '../core/secrets/desired.ts'
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
  const found = await findDone(await openStore(dependencies, config), lease, now)
  const inventory = await state.readInventory(config.id, head.generation)
  const generation = await updateInventory(dependencies, look, { ...found, inventory })
  const historyAt = await appendHistory(dependencies, look, {
    requestId: lease.holder,
    trigger: lease.trigger,
    revision: lease.revision,
    result: 'RunInterrupted',
    inventory,
    changes: {
      ...{ outcomes: [], inventory: found.written, ended: found.ended },
      begun: lease.writes.map(({ name }) => name),
    },
  })
  const { lease: _, ...rest } = head
  await state.writeHead({ ...rest, generation, ...(historyAt === undefined ? {} : { historyAt }) }, head)
  return true
}

/** What a run has done, as far as it can be told. */
interface Done {
  readonly written: readonly InventoryEntry[]
  readonly ended: readonly SecretName[]
}

/** The secrets that are as the run wanted them, and those that are going or gone as it wanted. */
async function findDone(store: SecretStore, { writes }: Lease, writtenAt: string): Promise<Done> {
  const limited = createLimiter(describesAtATime)
  const looked = writes.filter(({ versionId, isDeletion }) => versionId !== undefined || isDeletion)
  const found = await Promise.all(
    looked.map(async (write) => ({ ...write, live: await limited(() => store.describe(write.name)) })),
  )
  return {
    written: found.flatMap(({ name, versionId, live }) =>
      versionId !== undefined && live?.current === versionId ? [{ name, versionId, writtenAt }] : [],
    ),
    ended: found
      .filter(({ isDeletion, live }) => isDeletion && (live === null || live.deletionAt !== undefined))
      .map(({ name }) => name),
  }
}

/** @returns the generation of the inventory that says what was done */
async function updateInventory(
  dependencies: Pick<SyncDependencies, 'state' | 'clock'>,
  look: Look,
  { inventory, written, ended }: Done & { readonly inventory: readonly InventoryEntry[] },
): Promise<number> {
  const { poke, head } = look
  const generation = head?.generation ?? 0
  const known = new Map(inventory.map((entry) => [entry.name, entry]))
  const isKnown = ({ name, versionId }: InventoryEntry) => {
    const entry = known.get(name)
    return entry?.versionId === versionId && !entry.isEnded
  }
  const added = written.filter((entry) => !isKnown(entry))
  const left = ended.flatMap((name) => known.get(name) ?? []).filter(({ isEnded }) => !isEnded)
  if (added.length + left.length === 0) return generation
  for (const entry of added) known.set(entry.name, { ...withoutFindings(known.get(entry.name)), ...entry })
  for (const entry of left) known.set(entry.name, { ...entry, isEnded: true })
  const after = [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1))
  const at = formatTime(dependencies.clock.now())
  return await writeLists(dependencies, look, {
    inventory: countWrites(after, { before: inventory, outcomes: added.map(describeWrite), at }),
    dependencies: await dependencies.state.readDependencies(poke.id, generation),
  })
}

function withoutFindings(entry: InventoryEntry | undefined): Partial<InventoryEntry> {
  const { drift: _, isEnded: __, ...rest } = entry ?? {}
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
