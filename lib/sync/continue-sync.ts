import type { SyncDependencies } from './dependencies.ts'
import type { Look, SyncReport } from './look.ts'

/** Sends a poke for what this run had no time for. The schedule would find it too, a minute later. */
export async function continueSync(
  { queue }: Pick<SyncDependencies, 'queue'>,
  { poke, startedAt }: Look,
  report: SyncReport,
): Promise<void> {
  if (!report.outcomes.some(({ code }) => code === 'DeadlineReached')) return
  await queue.send([
    { poke: { ...poke, trigger: 'continuation' }, dedupId: `${poke.requestId}/${startedAt}` },
  ])
}
