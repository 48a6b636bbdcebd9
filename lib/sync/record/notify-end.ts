import { type EndedRun, listEvents } from '../../core/audit/list-events.ts'
import type { SyncEvent } from '../../core/audit/sync-event.ts'
import { toSyncError } from '../../core/errors.ts'
import { formatRevision } from '../../core/source/revision.ts'
import { formatTime } from '../../core/time.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look } from '../look.ts'

/** Sends the events of a sync. One that is not taken is lost and counted: it fails nothing. */
export async function notifyEnd(
  { notify, telemetry, clock }: Pick<SyncDependencies, 'notify' | 'telemetry' | 'clock'>,
  { poke, head }: Look,
  run: EndedRun,
): Promise<void> {
  const { id: configId, requestId, trigger } = poke
  const at = formatTime(clock.now())
  const revision = run.revision ? { revision: formatRevision(run.revision) } : {}
  const events = listEvents(head, run).map(
    (draft): SyncEvent => ({ ...draft, configId, requestId, trigger, at, ...revision }),
  )
  if (events.length === 0) return
  try {
    await notify(events)
  } catch (thrown) {
    const { code } = toSyncError(thrown)
    telemetry.log('warn', 'events not sent', { configId, requestId, ...revision, step: 'notify', code })
    telemetry.measure('EventsLost', events.length)
  }
}
