import type { SyncEvent } from '../../../core/audit/sync-event.ts'

/** The fields of an event, whatever else an object holds at run time: ids, codes and numbers. */
export function pickEvent({
  kind,
  configId,
  requestId,
  trigger,
  at,
  revision,
  code,
  counts,
}: SyncEvent): SyncEvent {
  const numbers = Object.entries(counts).filter(([, count]) => typeof count === 'number')
  return {
    ...{ kind, configId, requestId, trigger, at },
    ...(revision === undefined ? {} : { revision }),
    ...(code === undefined ? {} : { code }),
    counts: Object.fromEntries(numbers),
  }
}
