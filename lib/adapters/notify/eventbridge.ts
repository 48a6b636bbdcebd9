import {
  type EventBridgeClient,
  PutEventsCommand,
  type PutEventsRequestEntry,
} from '@aws-sdk/client-eventbridge'
import type { SyncEvent } from '../../core/audit/sync-event.ts'
import { SyncError } from '../../core/errors.ts'
import { parseTime } from '../../core/time.ts'
import type { Notify } from '../../ports.ts'
import { readErrorName } from '../aws/error-name.ts'
import { pickEvent } from './event/pick-event.ts'

/** Source of every event; rules match on it. */
export const eventSource = 'secret-manager-controller'

export interface EventBridgeOptions {
  readonly client: EventBridgeClient
  /** Name or ARN of the bus. */
  readonly bus: string
  /** Name of this deployment. */
  readonly deployment: string
}

/** What one request may hold. */
const batchSize = 10

/**
 * Events on a bus of Amazon EventBridge, with the detail type `Config Synced`, `Config Failed`, …
 * @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_PutEvents.html
 */
export function createEventBridgeNotify({ client, bus, deployment }: EventBridgeOptions): Notify {
  return async (events) => {
    for (let start = 0; start < events.length; start += batchSize) {
      const batch = events.slice(start, start + batchSize)
      const Entries = batch.map((event) => formatEntry(event, { bus, deployment }))
      const answer = await client.send(new PutEventsCommand({ Entries })).catch((cause: unknown) => {
        throw new SyncError('NotifyUnavailable', { data: { bus, error: readErrorName(cause) }, cause })
      })
      if ((answer.FailedEntryCount ?? 0) === 0) continue
      const error = answer.Entries?.find(({ ErrorCode }) => ErrorCode !== undefined)?.ErrorCode ?? 'unknown'
      throw new SyncError('NotifyUnavailable', { data: { bus, error } })
    }
  }
}

function formatEntry(
  event: SyncEvent,
  { bus, deployment }: Pick<EventBridgeOptions, 'bus' | 'deployment'>,
): PutEventsRequestEntry {
  const { kind } = event
  return {
    EventBusName: bus,
    Source: eventSource,
    DetailType: `Config ${kind[0]?.toUpperCase()}${kind.slice(1)}`,
    Time: new Date(parseTime(event.at)),
    Detail: JSON.stringify({ deployment, ...pickEvent(event) }),
  }
}
