import type { SyncEventKind } from '../../core/audit/sync-event.ts'
import type { Notify, Telemetry } from '../../ports.ts'
import { pickEvent } from './event/pick-event.ts'

/** What has no other line that warns of it. */
const loud: readonly SyncEventKind[] = ['braked', 'rewound']

/** Events as lines of the log: what stands in for an event bus on a laptop. */
export function createLogNotify(telemetry: Pick<Telemetry, 'log'>): Notify {
  return async (events) => {
    for (const event of events) {
      const { kind, configId, requestId, revision, code, counts } = pickEvent(event)
      telemetry.log(loud.includes(kind) ? 'warn' : 'info', `event: ${kind}`, {
        configId,
        requestId,
        ...(revision === undefined ? {} : { revision }),
        step: 'notify',
        ...(code === undefined ? {} : { code }),
        counts,
      })
    }
  }
}
