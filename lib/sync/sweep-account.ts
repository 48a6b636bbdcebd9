import type { ConfigId } from '../core/config/config.ts'
import { isSwept, pageGapMs } from '../core/drift/sweep-schedule.ts'
import type { SweepTally, SweptConfig } from '../core/drift/sweep-tally.ts'
import { isSyncError } from '../core/errors.ts'
import { managedBy } from '../core/plan/identity/ownership.ts'
import type { Poke } from '../core/poke.ts'
import { formatTime, parseTime } from '../core/time.ts'
import type { SecretStore } from '../ports.ts'
import type { SyncDependencies } from './dependencies.ts'
import { createLimiter } from './limit-concurrency.ts'
import { openSweep, type SweptPlace } from './sweep/open-sweep.ts'
import { sweepParameters } from './sweep/sweep-parameters.ts'
import { tellOwners } from './sweep/tell-owners.ts'

/** What a sweep has listed, and which configs it has poked. */
export interface SweepReport {
  readonly configs: number
  readonly listed: number
  readonly poked: readonly ConfigId[]
  /** Whether the time was over before the last page. */
  readonly continues: boolean
}

/** One run of one sweep; `deadlineAt` (milliseconds since the epoch) is when the function's time is over. */
export type SweepAccount = (poke: Poke, run: { readonly deadlineAt: number }) => Promise<SweepReport>

/** What is kept of a function's time to remember how far the listing got. */
const recordingTimeMs = 45_000
/** A store may forget where a page begins. */
const progressLifeMs = 10 * 60_000
const readsAtATime = 20

interface Sweep extends SweptPlace {
  readonly poke: Poke
}

/**
 * Lists the secrets of one account and region once for all configs that publish there, and pokes just those whose
 * secrets are not as they have written them. A config whose names others want is told so. Reads no value, and writes
 * nothing where nothing has changed.
 */
export function createSweepAccount(dependencies: SyncDependencies): SweepAccount {
  return async (poke, { deadlineAt }) => {
    const { telemetry, clock } = dependencies
    const startedAt = clock.now()
    try {
      const sweep = await findSweep(dependencies, poke)
      const report = await runSweep(dependencies, sweep, deadlineAt)
      const { configs, listed, poked } = report
      const counts = { configs, listed, poked: poked.length }
      const durationMs = clock.now() - startedAt
      telemetry.log('info', 'swept', { step: 'sweep', requestId: poke.requestId, durationMs, counts })
      return report
    } catch (thrown) {
      // The next sweep is a minute away: this one need not come back.
      if (!isSyncError(thrown)) throw thrown
      telemetry.log('warn', 'sweep failed', { step: 'sweep', requestId: poke.requestId, code: thrown.code })
      telemetry.measure('SweepFailed', 1, { name: 'code', value: thrown.code })
      // An alarm cannot add up a metric over its codes.
      telemetry.measure('SweepsFailed', 1)
      return { configs: 0, listed: 0, poked: [], continues: false }
    }
  }
}

async function findSweep(dependencies: SyncDependencies, poke: Poke): Promise<Sweep> {
  const { state, clock } = dependencies
  const [all, before] = await Promise.all([state.listHeads(), state.readSweep(poke.id)])
  const told = await tellOwners(dependencies, all)
  const heads = told.filter(isSwept).filter(({ publishing }) => publishing.sweepId === poke.id)
  return { poke, heads, before, startedAt: before ? parseTime(before.startedAt) : clock.now() }
}

async function runSweep(
  dependencies: SyncDependencies,
  sweep: Sweep,
  deadlineAt: number,
): Promise<SweepReport> {
  const { poke, heads, before } = sweep
  const isOver = poke.trigger === 'continuation' && !before
  const opened = isOver ? null : await openSweep(dependencies, sweep)
  if (!opened) return { configs: heads.length, listed: 0, poked: [], continues: false }
  const { store, tally, configs } = opened
  const listing = { store, tally, start: before?.nextPage }
  const { listed, nextPage } = await listPages(dependencies, listing, deadlineAt).catch(async (thrown) => {
    // A store may have forgotten where the page was: then the next sweep begins anew.
    if (before) await dependencies.state.removeSweep(poke.id)
    throw thrown
  })
  const stopAt = deadlineAt - recordingTimeMs
  if (nextPage === undefined) await sweepParameters(dependencies, opened, stopAt)
  const drifted = tally.listDrifted(nextPage === undefined ? 'all' : 'some')
  const poked = await pokeDrifted(dependencies, poke, drifted)
  if (nextPage !== undefined) await continueLater(dependencies, sweep, { nextPage, tally })
  else if (before) await dependencies.state.removeSweep(poke.id)
  return { configs: configs.length, listed, poked, continues: nextPage !== undefined }
}

interface Listing {
  readonly store: SecretStore
  readonly tally: SweepTally
  readonly start: string | undefined
}

/** Asks for page after page at a pace that leaves the store to the syncs. @returns where the rest begins */
async function listPages(
  { clock }: Pick<SyncDependencies, 'clock'>,
  { store, tally, start }: Listing,
  deadlineAt: number,
): Promise<{ readonly listed: number; readonly nextPage: string | undefined }> {
  let listed = 0
  for (let nextPage = start; ; ) {
    const askedAt = clock.now()
    const page = await store.listPage({ tagValuePrefix: managedBy }, nextPage)
    tally.add(page.secrets)
    listed += page.secrets.length
    nextPage = page.next
    if (nextPage === undefined || clock.now() >= deadlineAt - recordingTimeMs) return { listed, nextPage }
    const restMs = askedAt + pageGapMs - clock.now()
    if (restMs > 0) await clock.sleep(restMs)
  }
}

/** A config that was synced since its inventory was read has seen for itself how its secrets are. */
async function pokeDrifted(
  { state, queue, clock }: Pick<SyncDependencies, 'state' | 'queue' | 'clock'>,
  { requestId }: Poke,
  drifted: readonly SweptConfig[],
): Promise<readonly ConfigId[]> {
  const limited = createLimiter(readsAtATime)
  const heads = await Promise.all(drifted.map(({ id }) => limited(() => state.readHead(id))))
  const still = drifted.filter(({ generation }, index) => {
    const head = heads[index]
    return head && isSwept(head) && head.generation === generation
  })
  const requestedAt = formatTime(clock.now())
  await queue.send(
    still.map(({ id }) => ({
      poke: { v: 1, kind: 'config', id, trigger: 'drift', requestId, requestedAt },
      dedupId: `${requestId}/${id}`,
    })),
  )
  return still.map(({ id }) => id)
}

async function continueLater(
  { state, queue, clock }: Pick<SyncDependencies, 'state' | 'queue' | 'clock'>,
  { poke, startedAt }: Sweep,
  { nextPage, tally }: { readonly nextPage: string; readonly tally: SweepTally },
): Promise<void> {
  const now = clock.now()
  const progress = { id: poke.id, startedAt: formatTime(startedAt), nextPage, seen: tally.exportSeen() }
  await state.writeSweep(progress, formatTime(now + progressLifeMs))
  await queue.send([{ poke: { ...poke, trigger: 'continuation' }, dedupId: `${poke.requestId}/${now}` }])
}
