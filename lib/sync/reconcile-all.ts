import type { ConfigId } from '../core/config/config.ts'
import { listSweeps } from '../core/drift/sweep-schedule.ts'
import { listReplicaLooks } from '../core/plan/replica-looks.ts'
import { listDueSlots } from '../core/source/pull-slots.ts'
import type { ConfigHead } from '../core/state/records.ts'
import { formatTime } from '../core/time.ts'
import type { SyncDependencies } from './dependencies.ts'
import { findChanges } from './reconcile/find-changes.ts'
import { createPokeSender } from './reconcile/poke-sender.ts'

/** What one scheduled pass has poked; `null` counts where another pass had the turn. */
export interface ReconcileReport {
  readonly configs: number
  readonly repositories: number
  /** Accounts and regions whose secrets are to be listed. */
  readonly sweeps: number
}

/** A pass opens nothing and decrypts nothing, so it is given no means to. */
export type ReconcileDependencies = Pick<
  SyncDependencies,
  'deployment' | 'policy' | 'configSources' | 'state' | 'queue' | 'telemetry' | 'clock'
>

/** One pass; it stops looking for changes before `deadlineAt`, milliseconds since the epoch. */
export type ReconcileAll = (run: { readonly deadlineAt: number }) => Promise<ReconcileReport | null>

/** Two passes within this time are one. */
const minimumGapMs = 20_000
const dueAtATime = 1_000
/** What is kept of the function's time for what is under way. */
const endingTimeMs = 10_000

/**
 * The scheduled pass: pokes configs that are new, changed, gone or due, and repositories and accounts whose interval
 * has begun anew or that Flux or Argo CD have found changed. It only detects; the worker decides. Where its time is
 * over, the next pass goes on where it stopped.
 */
export function createReconcileAll(dependencies: ReconcileDependencies): ReconcileAll {
  return async ({ deadlineAt }) => {
    const { state, clock, telemetry } = dependencies
    const now = clock.now()
    const tick = await state.takeTick(formatTime(now), minimumGapMs)
    if (!tick) return null
    const since = tick.previousAt === null ? null : Date.parse(tick.previousAt)
    const heads = new Map((await state.listHeads()).map((head) => [head.id, head]))
    const intents = new Map((await state.listIntents()).map((intent) => [intent.configId, intent]))
    const sender = createPokeSender(dependencies, formatTime(now))
    for (const { key } of listDueSlots(listRepositories(heads), { since, now }))
      await sender.poke('repository', key)
    for (const { key } of listDueSlots(listSweeps([...heads.values()]), { since, now })) {
      await sender.poke('sweep', key)
    }
    for (const id of await state.listDue(formatTime(now), dueAtATime)) await sender.poke('config', id)
    for (const id of listReplicaLooks([...heads.values()], now)) await sender.poke('config', id)
    const stoppedAt = await findChanges(
      { ...dependencies, sender },
      { heads, intents, pass: { now, since }, startAfter: tick.stoppedAt, stopAt: deadlineAt - endingTimeMs },
    )
    await sender.flush()
    await state.endTick(stoppedAt)
    const counts = sender.counts()
    telemetry.log('info', stoppedAt === null ? 'reconciled' : 'reconciled in part', { counts })
    // An alarm waits for these to stay away.
    telemetry.measure('PassesEnded', 1)
    return counts
  }
}

function listRepositories(heads: ReadonlyMap<ConfigId, ConfigHead>) {
  const intervals = new Map<string, number>()
  for (const { watching } of heads.values()) {
    if (!watching) continue
    const { repositoryKey, watcher } = watching
    const shortest = Math.min(
      intervals.get(repositoryKey) ?? Number.POSITIVE_INFINITY,
      watcher.pullIntervalMs,
    )
    intervals.set(repositoryKey, shortest)
  }
  return [...intervals].map(([key, intervalMs]) => ({ key, intervalMs }))
}
