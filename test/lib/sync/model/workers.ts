import { SyncError, toSyncError } from '../../../../lib/core/errors.ts'
import { isParameter } from '../../../../lib/core/parameters/parameter-name.ts'
import type { Poke } from '../../../../lib/core/poke.ts'
import { createSweepAccount } from '../../../../lib/sync/sweep-account.ts'
import { createSyncConfig, type SyncConfig } from '../../../../lib/sync/sync-config.ts'
import { createWatchRepository } from '../../../../lib/sync/watch-repository.ts'
import { createWorkPoke } from '../../../../lib/sync/work-poke.ts'
import { crash } from '../../../fakes/crashing.ts'
import { intercept, type PortCall } from '../../../fakes/intercept.ts'
import { countLeft } from './groups.ts'
import { countReached, type World } from './world.ts'

/** What goes wrong at call number `at` of a run, counted from a point in it, if it comes that far. */
export interface Fault {
  readonly at: number
  /** The first call, the one after the run has said what it writes, or the first that moves a label. */
  readonly since: 'start' | 'begin' | 'move'
  /** So many calls in a row are refused, or their answers lost. */
  readonly calls: number
  /** The process dies before the call or after it; the call is refused; or it is done and its answer is lost. */
  readonly kind: 'dies-before' | 'dies-after' | 'refused' | 'answer-lost'
}

/** How one run goes. */
export interface Run {
  readonly fault: Fault | null
  /** What each call takes. */
  readonly callMs: number
  /** The time of the function. */
  readonly timeMs: number
}

/** What came of a run: a message whose run died comes back. */
export interface Ended {
  readonly died: boolean
  /** How many calls went wrong. */
  readonly disturbed: number
  /** After how many of them it went on. */
  readonly failed: number
}

/** Waits for the turn of a worker. */
export type Turn = () => Promise<void>

const atOnce: Turn = async () => {}

/** Works one poke as a function would, to the end or to its death. */
export async function work(
  world: World,
  { poke, run, turn = atOnce }: { readonly poke: Poke; readonly run: Run; readonly turn?: Turn },
): Promise<Ended> {
  const { clock } = world.harness
  const deadlineAt = clock.now() + run.timeMs
  let calls = 0
  const first = { start: 1, begin: 0, move: 0 }
  let died = false
  let disturbed = 0
  let failed = 0
  const die = (): never => {
    died = true
    throw crash
  }
  const faulty = intercept(world.dependencies, async (call, proceed) => {
    await turn()
    calls += 1
    clock.advance(run.callMs)
    if (died || clock.now() >= deadlineAt) return die()
    if (call.name === 'writeHead') first.begin ||= calls + 1
    if (call.name === 'moveCurrent') first.move ||= calls
    const fault = run.fault && isHit(run.fault, { calls, first }) ? run.fault.kind : null
    if (fault) disturbed += 1
    if (fault === 'refused' || fault === 'answer-lost') failed += 1
    if (fault === 'dies-before') return die()
    if (fault === 'refused') throw new SyncError(codesOf[call.port].refused)
    const result = await proceed()
    if (fault === 'dies-after') return die()
    if (fault === 'answer-lost') throw new SyncError(codesOf[call.port].lost)
    return result
  })
  const workPoke = createWorkPoke({
    watchRepository: createWatchRepository(faulty),
    syncConfig: countReports(world, createSyncConfig(faulty)),
    sweepAccount: createSweepAccount(faulty),
  })
  try {
    await workPoke(poke, { deadlineAt })
    return { died, disturbed: Math.max(disturbed, died ? 1 : 0), failed }
  } catch (thrown) {
    // Whatever a run throws brings its message back; that of another kind than these is a fault of ours.
    if (thrown !== crash && !(thrown instanceof SyncError)) throw thrown
    return { died: true, disturbed: Math.max(disturbed, thrown === crash ? 1 : 0), failed }
  }
}

function isHit(
  { at, since, calls: length }: Fault,
  { calls, first }: { readonly calls: number; readonly first: Readonly<Record<Fault['since'], number>> },
): boolean {
  const call = calls - first[since] + 1
  return first[since] > 0 && call >= at && call < at + length
}

/** What comes of syncs, by code, and of their changes. */
function countReports(world: World, syncConfig: SyncConfig): SyncConfig {
  return async (poke, run) => {
    await countLeft(world, poke.id)
    const report = await syncConfig(poke, run).catch((thrown) => {
      countReached(world, thrown === crash ? 'died' : `threw ${toSyncError(thrown).code}`)
      throw thrown
    })
    countReached(world, report.result)
    for (const { change, result, code } of report.outcomes) {
      const side = isParameter(change.name) ? ' parameter' : ''
      countReached(world, `${change.action}${side} ${result}${code === undefined ? '' : ` ${code}`}`)
    }
    return report
  }
}

const codesOf = {
  store: { refused: 'StoreThrottled', lost: 'StoreUnavailable' },
  parameters: { refused: 'StoreThrottled', lost: 'StoreUnavailable' },
  state: { refused: 'StateUnavailable', lost: 'StateUnavailable' },
  queue: { refused: 'QueueUnavailable', lost: 'QueueUnavailable' },
} as const satisfies Record<PortCall['port'], object>

/**
 * Lets workers take turns, call by call: each number of `order` says which of those that wait goes next. A call ends,
 * with all that follows from it, before the next one begins.
 */
export async function takeTurns<Result>(
  workers: readonly ((turn: Turn) => Promise<Result>)[],
  order: readonly number[],
): Promise<Result[]> {
  const waiting: { readonly worker: number; readonly go: () => void }[] = []
  let running = workers.length
  const turnOf =
    (worker: number): Turn =>
    async () => {
      await new Promise<void>((go) => waiting.push({ worker, go }))
    }
  const all = Promise.all(
    workers.map(async (begin, index) => {
      try {
        return await begin(turnOf(index))
      } finally {
        running -= 1
      }
    }),
  )
  all.catch(() => {})
  for (let turn = 0; running > 0; turn++) {
    await new Promise((resolve) => setImmediate(resolve))
    const worker = (order[turn % order.length] ?? 0) % workers.length
    const next = waiting.findIndex((waiter) => waiter.worker === worker)
    waiting.splice(Math.max(next, 0), 1)[0]?.go()
  }
  return await all
}
