import { isSyncError } from '../../core/errors.ts'
import {
  findWriteApi,
  grantTokens,
  type TokenGrant,
  unpacedWrites,
  type WriteApi,
} from '../../core/plan/pace/budget.ts'
import type { Change, Plan } from '../../core/plan/plan.ts'
import type { StoreTarget } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { createLimiter } from '../limit-concurrency.ts'

/** Waits until a change may go out, or the time is over. @throws {SyncError} StateUnavailable, StateTooNew */
export type Pace = (change: Pick<Change, 'action' | 'name'>) => Promise<void>

export interface PacedRun {
  readonly target: StoreTarget
  readonly plan: Pick<Plan, 'changes'>
  /** Whether the writes of others go first. */
  readonly yields: boolean
  /** Milliseconds since the epoch after which no write begins. */
  readonly stopAt: number
}

type Dependencies = Pick<SyncDependencies, 'state' | 'clock'>

/** What is left of a second's tokens. */
interface Slots {
  nextAt: number
  readonly intervalMs: number
  left: number
}

/** Runs that meet at one lease do not meet again. */
const jitterMs = 200
/** A token may be used so much later than it was for: then 70 % of the quota are never more than the whole. */
const latestMs = 400

/**
 * Spreads the writes of a large plan over the share of the account's quota that all runs lease from together. A small
 * plan goes out at once.
 */
export function createPacer(dependencies: Dependencies, run: PacedRun): Pace {
  const writes = run.plan.changes.filter((change) => findWriteApi(change) !== null)
  if (writes.length <= unpacedWrites) return async () => {}
  const takers = new Map<WriteApi, () => Promise<void>>()
  return async (change) => {
    const api = findWriteApi(change)
    if (api === null) return
    const take = takers.get(api) ?? createTaker(dependencies, run, api)
    takers.set(api, take)
    await take()
  }
}

/** Takes one token after the other, in the order of calls. */
function createTaker(dependencies: Dependencies, run: PacedRun, api: WriteApi): () => Promise<void> {
  const { clock } = dependencies
  const inTurn = createLimiter(1)
  let slots: Slots | null = null
  return async () =>
    await inTurn(async () => {
      if (slots) dropMissed(slots, clock.now())
      if (!slots || slots.left === 0) slots = await leaseSlots(dependencies, run, api)
      if (!slots) return
      const waitMs = Math.ceil(Math.min(slots.nextAt, run.stopAt) - clock.now())
      slots.nextAt += slots.intervalMs
      slots.left -= 1
      if (waitMs > 0) await clock.sleep(waitMs)
    })
}

/** A run that was held up gives up what it has missed: others write at the time that it would use it now. */
function dropMissed(slots: Slots, now: number): void {
  while (slots.left > 0 && slots.nextAt < now - latestMs) {
    slots.nextAt += slots.intervalMs
    slots.left -= 1
  }
}

/** Leases the tokens of a second; `null` where the time is over before there are any. */
async function leaseSlots(
  { state, clock }: Dependencies,
  { target, yields, stopAt }: PacedRun,
  api: WriteApi,
): Promise<Slots | null> {
  const key = `${target.account}#${target.region}#${api}`
  while (clock.now() < stopAt) {
    const before = await state.readQuota(key)
    const now = clock.now()
    const grant = grantTokens(before, { api, now, yields })
    if ('askAgainAt' in grant) {
      await clock.sleep(Math.ceil(Math.min(grant.askAgainAt, stopAt) - now + jitterMs * clock.random()))
    } else if (await tryLease(state, { key, grant, before })) {
      return { nextAt: grant.startsAt, intervalMs: grant.intervalMs, left: grant.count }
    } else {
      await clock.sleep(Math.ceil(jitterMs * clock.random()))
    }
  }
  return null
}

/** @returns whether nobody else was faster */
async function tryLease(
  state: Dependencies['state'],
  { key, grant, before }: { key: string; grant: TokenGrant; before: Parameters<typeof state.writeQuota>[2] },
): Promise<boolean> {
  try {
    await state.writeQuota(key, grant.lease, before)
    return true
  } catch (thrown) {
    if (isSyncError(thrown, 'StateConflict')) return false
    throw thrown
  }
}
