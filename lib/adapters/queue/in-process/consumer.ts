import type { SQSBatchResponse, SQSEvent } from 'aws-lambda'
import { toSyncError } from '../../../core/errors.ts'
import type { QueueName } from '../../../core/poke.ts'
import type { Clock, Telemetry } from '../../../ports.ts'
import type { Database } from '../../sqlite/database.ts'
import { acknowledgeMessage, type Message, readNextVisibleAt, receiveMessage } from './messages.ts'
import { formatRecord } from './record.ts'

/** Works a batch of one message; what it names as failed, and all of a batch that it throws on, comes again. */
export type BatchHandler = (event: SQSEvent) => Promise<SQSBatchResponse>

export interface ConsumerOptions {
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly telemetry: Telemetry
  readonly queue: QueueName
  readonly handler: BatchHandler
  /** Messages of different groups that are worked at the same time. */
  readonly concurrency: number
  readonly visibilityTimeoutMs: number
  readonly maxReceiveCount: number
}

/** Works the messages of one queue. */
export interface Consumer {
  /** Starts work on what can be delivered now. */
  wake(): void
  /** The runs that have not ended. */
  listRunning(): readonly Promise<void>[]
  /** Starts no more work. */
  stop(): void
}

const retryDelayMs = 1000

/** Consumes a queue. A handler that outlives the visibility time-out is given up, and its message comes again. */
export function createConsumer(options: ConsumerOptions): Consumer {
  const { database, clock, telemetry, queue, concurrency } = options
  const running = new Set<Promise<void>>()
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const deliver = () => {
    while (!stopped && running.size < concurrency) {
      const message = database.write((db) => receiveMessage(db, queue, { ...options, now: clock.now() }))
      if (!message) break
      const run = work(options, message).finally(() => {
        running.delete(run)
        wake()
      })
      running.add(run)
    }
    const visibleAt = database.read((db) => readNextVisibleAt(db, queue, clock.now()))
    if (visibleAt !== null) wakeAfter(visibleAt - clock.now())
  }
  const wakeAfter = (delayMs: number) => {
    clearTimeout(timer)
    if (!stopped) timer = setTimeout(wake, delayMs).unref()
  }
  const wake = () => {
    try {
      deliver()
    } catch (thrown) {
      telemetry.log('error', 'queue not readable', { code: toSyncError(thrown).code })
      wakeAfter(retryDelayMs)
    }
  }

  return {
    wake,
    listRunning: () => [...running],
    stop: () => {
      stopped = true
      clearTimeout(timer)
    },
  }
}

/** Never rejects: what cannot be acknowledged comes again. */
async function work(options: ConsumerOptions, message: Message): Promise<void> {
  const { database, handler, telemetry, visibilityTimeoutMs } = options
  const expiry = startExpiry(visibilityTimeoutMs)
  try {
    const response = await Promise.race([handler({ Records: [formatRecord(message)] }), expiry.expired])
    if (response?.batchItemFailures.length === 0) database.write((db) => acknowledgeMessage(db, message))
  } catch (thrown) {
    telemetry.log('error', 'batch handler crashed', { code: toSyncError(thrown).code })
  } finally {
    expiry.cancel()
  }
}

function startExpiry(durationMs: number): { readonly expired: Promise<null>; cancel(): void } {
  const { promise, resolve } = Promise.withResolvers<null>()
  const timer = setTimeout(() => resolve(null), durationMs).unref()
  return { expired: promise, cancel: () => clearTimeout(timer) }
}
