import type { SyncDependencies } from '../dependencies.ts'
import type { Look, SyncReport } from '../look.ts'

/** Whether a run had no time for some of its changes, so that another one goes on with them. */
export function isToContinue({ outcomes }: Pick<SyncReport, 'outcomes'>): boolean {
  return outcomes.some(({ code }) => code === 'DeadlineReached')
}

/** Sends a poke for what this run had no time for. The schedule would find it too, a minute later. */
export async function continueSync(
  { queue }: Pick<SyncDependencies, 'queue'>,
  { poke, startedAt }: Look,
  report: SyncReport,
): Promise<void> {
  if (!isToContinue(report)) return
  await queue.send([
    { poke: { ...poke, trigger: 'continuation' }, dedupId: `${poke.requestId}/${startedAt}` },
  ])
}
