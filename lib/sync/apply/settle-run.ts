import { listKnownVersions } from '../../core/audit/known-versions.ts'
import { settleInventory } from '../../core/audit/settle-inventory.ts'
import type { Config } from '../../core/config/config.ts'
import { authorizeConfig } from '../../core/config/policy/authorize.ts'
import { describePublishing } from '../../core/drift/sweep-schedule.ts'
import { isSyncError } from '../../core/errors.ts'
import { countWrites } from '../../core/plan/pace/write-bucket.ts'
import type { Outcome } from '../../core/plan/plan.ts'
import { isElsewhere, moveInventory } from '../../core/plan/prune/left-behind.ts'
import { listEnded } from '../../core/plan/prune/mark-ended.ts'
import { isHeldByOther } from '../../core/state/lease.ts'
import type { ConfigHead, InventoryEntry, Lease, LeasedPlace } from '../../core/state/records.ts'
import { formatTime } from '../../core/time.ts'
import type { SecretStore } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, Progress } from '../look.ts'
import { openStore } from '../plan/open-store.ts'
import { appendHistory, listUnconfirmed } from '../record/append-history.ts'
import { writeLists } from '../record/write-lists.ts'
import { claimHead } from './begin-sync.ts'
import { findDone, keepPresent } from './find-done.ts'
import { settleGroup } from './settle-group.ts'

/** A run to account for, where it wrote. */
interface EndedRun {
  readonly config: Config
  readonly head: ConfigHead
  readonly lease: Lease
  readonly store: SecretStore
}

/**
 * Accounts for a run that began to write and ended before its record: what it has written is known by the lease that
 * it left, and goes to inventory and history as its work; a group that it left half published is made whole. Needs no
 * Git and no key of a file.
 * @returns whether there was such a run; then the head has changed
 * @throws {SyncError} StateConflict, GroupMixed, NotPermitted, StoreThrottled, StoreAccessDenied, StoreUnavailable
 */
export async function settleRun(
  dependencies: SyncDependencies,
  look: Look,
  { config, progress }: { readonly config: Config; readonly progress: Progress },
): Promise<boolean> {
  const { head, poke } = look
  const now = formatTime(dependencies.clock.now())
  const lease = head?.lease
  if (!lease || poke.planOnly || isHeldByOther(lease, { holder: poke.requestId, now })) return false
  const begunBy = lease.begunBy ?? lease.holder
  const claimed = await claimHead(dependencies.state, look, { head, lease: { ...pickLeft(lease), begunBy } })
  progress.begun = claimed
  const settled = await settle(dependencies, look, { config, head, lease })
  await dependencies.state.writeHead(settled, claimed)
  return true
}

/** A place that the config has left may be closed to it by now: then nothing is known of what was written there. */
async function settle(
  dependencies: SyncDependencies,
  look: Look,
  { config, head, lease }: Omit<EndedRun, 'store'>,
): Promise<ConfigHead> {
  const there = { ...config, aws: { ...config.aws, ...readRight(config, lease.place) } }
  const hasLeft = there.aws.region !== config.aws.region || there.aws.roleArn !== config.aws.roleArn
  try {
    authorizeConfig(dependencies.policy, there)
    const store = await openStore(dependencies, there)
    await settleGroup(dependencies, there, lease)
    return await record(dependencies, look, { config: there, head, lease, store })
  } catch (thrown) {
    if (!hasLeft || !isSyncError(thrown, 'NotPermitted', 'StoreAccessDenied')) throw thrown
    dependencies.telemetry.log('warn', 'place not settled', { configId: config.id, code: thrown.code })
    const { lease: _, ...rest } = head
    return rest
  }
}

/** Where a config publishes to, for the run that accounts for this one. */
export function describePlace(
  { aws: { roleArn } }: Pick<Config, 'aws'>,
  { target: { account, region } }: Pick<SecretStore, 'target'>,
): LeasedPlace {
  return { account, region, ...(roleArn === undefined ? {} : { roleArn }) }
}

function pickLeft({ holder: _, until: __, ...left }: Lease): Omit<Lease, 'holder' | 'until'> {
  return left
}

function readRight({ aws }: Config, place: LeasedPlace | undefined) {
  const { region, roleArn } = place ?? aws
  return { region, ...(roleArn === undefined ? {} : { roleArn }) }
}

/** Writes inventory and history. @returns the head that puts them in force */
async function record(dependencies: SyncDependencies, look: Look, run: EndedRun): Promise<ConfigHead> {
  const { head, lease, store, config } = run
  const before = await dependencies.state.readInventory(config.id, head.generation)
  const moved = moveInventory(head, before, store.target)
  const hasMoved = isElsewhere(head, store.target)
  const settled = await settleLists(dependencies, look, { ...run, inventory: moved.inventory })
  const inventory = hasMoved ? await keepPresent(store, settled) : settled
  const generation = await writeSettled(dependencies, look, { before, inventory })
  const historyAt = await appendHistory(dependencies, look, {
    requestId: lease.begunBy ?? lease.holder,
    trigger: lease.trigger,
    revision: lease.revision,
    result: 'RunInterrupted',
    inventory: before,
    changes: {
      ...{ outcomes: [], inventory, ended: listEnded(before, inventory) },
      begun: lease.writes.map(({ name }) => name),
    },
  })
  const { lease: _, leftBehind: __, ...rest } = head
  const secrets = inventory.length
  return {
    ...rest,
    ...(hasMoved && { publishing: describePublishing(config, { ...store.target, secrets }) }),
    ...(moved.leftBehind.length > 0 && { leftBehind: moved.leftBehind }),
    generation,
    ...(historyAt === undefined ? {} : { historyAt }),
  }
}

/** The inventory with what the run has told before it ended, and with what can be told of it now. */
async function settleLists(
  dependencies: SyncDependencies,
  look: Look,
  { inventory, store, lease }: EndedRun & { readonly inventory: readonly InventoryEntry[] },
): Promise<readonly InventoryEntry[]> {
  const known = listKnownVersions(inventory, await listUnconfirmed(dependencies, look))
  const done = await findDone(store, lease, known)
  return settleInventory(inventory, {
    known: done,
    begun: lease.writes.map(({ name }) => name),
    at: formatTime(dependencies.clock.now()),
  })
}

/** @returns the generation of the inventory that says what was done */
async function writeSettled(
  dependencies: Pick<SyncDependencies, 'state' | 'clock'>,
  look: Look,
  { before, inventory }: Record<'before' | 'inventory', readonly InventoryEntry[]>,
): Promise<number> {
  const generation = look.head?.generation ?? 0
  const added = inventory.filter((entry) => !before.includes(entry))
  if (added.length === 0 && inventory.length === before.length) return generation
  const at = formatTime(dependencies.clock.now())
  const known = listKnownVersions(before, [])
  const written = added.filter(({ name, versionId, isEnded }) => !isEnded && known.get(name) !== versionId)
  return await writeLists(dependencies, look, {
    inventory: countWrites(inventory, { before, outcomes: written.map(describeWrite), at }),
    dependencies: await dependencies.state.readDependencies(look.poke.id, generation),
  })
}

/** It may have been a mere move of a label: the bucket rather counts too many. */
function describeWrite({ name, versionId }: InventoryEntry): Outcome {
  return {
    change: { action: 'update', name, because: 'value-changed', versionId },
    result: 'applied',
    versionId,
  }
}
