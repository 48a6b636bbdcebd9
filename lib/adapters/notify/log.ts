import type { Notify, Telemetry } from '../../ports.ts'
import { pickEvent } from './event/pick-event.ts'

/** Events as lines of the log: what stands in for an event bus on a laptop. */
export function createLogNotify(telemetry: Pick<Telemetry, 'log'>): Notify {
  return async (events) => {
    for (const event of events) {
      const { kind, configId, requestId, revision, code, counts } = pickEvent(event)
      telemetry.log(kind === 'synced' || kind === 'pruned' ? 'info' : 'warn', `event: ${kind}`, {
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
