import { SyncError } from '../../core/errors.ts'
import type { Plan } from '../../core/plan/plan.ts'
import { countDeletions } from '../../core/plan/prune/pruned-days.ts'
import { isHeldByOther, listLeasedWrites } from '../../core/state/lease.ts'
import {
  type ConfigHead,
  type InventoryEntry,
  type Lease,
  type LeasedPlace,
  type LookMark,
  stateSchema,
} from '../../core/state/records.ts'
import { summarizeProgress } from '../../core/status/summarize.ts'
import { formatTime, type IsoTime } from '../../core/time.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'

/** A lease outlives the function, so that nobody overtakes a crashed run while AWS may still be working for it. */
const leaseAfterDeadlineMs = 30_000

export interface BegunPlan {
  readonly plan: Plan
  readonly mark: LookMark
  readonly inventory: readonly InventoryEntry[]
  /** Whether changed versions become current all together or not at all. */
  readonly isAtomic?: boolean
  /** Where it is carried out. */
  readonly place?: LeasedPlace
}

/**
 * Says in the state what is about to be written, so that a crash leaves a trace; nothing where nothing changes.
 * @returns the head as written, or `null`
 * @throws {SyncError} LeaseHeld, StateConflict
 */
export async function beginSync(
  { state, clock }: Pick<SyncDependencies, 'state' | 'clock'>,
  look: Look,
  { plan, mark, inventory, isAtomic = false, place }: BegunPlan,
): Promise<ConfigHead | null> {
  const now = clock.now()
  const lease = look.head?.lease
  if (lease && isHeldByOther(lease, { holder: look.poke.requestId, now: formatTime(now) })) {
    throw new SyncError('LeaseHeld', { data: { config: look.poke.id, until: lease.until } })
  }
  const writes = listLeasedWrites(plan, { isAtomic })
  if (writes.length === 0) return null
  const deletions = plan.changes.filter(({ action }) => action === 'delete').length
  const before: ConfigHead = {
    ...(look.head ?? createHead(look)),
    // A run that crashes has deleted what it was about to: the brake rather counts too many.
    ...countPruned(look.head, { deletions, inventory, now: formatTime(now) }),
    status: summarizeProgress({ before: look.head?.status, at: formatTime(now) }),
  }
  const { poke } = look
  const { revision } = mark
  return await claimHead(state, look, {
    head: before,
    lease: { trigger: poke.trigger, revision, writes, ...(place && { place }) },
  })
}

/**
 * Keeps other runs of the config away until this one has written its record: of two, one goes on.
 * @returns the head as written
 * @throws {SyncError} StateConflict
 */
export async function claimHead(
  state: Pick<SyncDependencies['state'], 'writeHead'>,
  { poke, deadlineAt, head: before }: Look,
  { head, lease }: { readonly head: ConfigHead; readonly lease: Omit<Lease, 'holder' | 'until'> },
): Promise<ConfigHead> {
  const until = formatTime(deadlineAt + leaseAfterDeadlineMs)
  // Where this run and its message are lost, the schedule finds the config when the lease ends.
  const claimed = { ...head, nextDueAt: until, lease: { holder: poke.requestId, until, ...lease } }
  await state.writeHead(claimed, before)
  return claimed
}

/** The tally of deletions with those of one run; absent where there are none. */
export function countPruned(
  head: ConfigHead | null,
  run: { readonly deletions: number; readonly inventory: readonly InventoryEntry[]; readonly now: IsoTime },
): Pick<ConfigHead, 'pruned'> {
  const { deletions, inventory, now } = run
  if (deletions === 0) return head?.pruned ? { pruned: head.pruned } : {}
  return { pruned: countDeletions(head?.pruned ?? [], { deletions, most: inventory.length, now }) }
}

/** The head of a config that was never looked at. */
export function createHead(look: Look): ConfigHead {
  return {
    schema: stateSchema,
    id: look.poke.id,
    status: { phase: 'Pending', description: '', conditions: [], secretsSynced: 0 },
    attempt: 0,
    generation: 0,
  }
}
