import { formatMessage, type Poke, parsePoke } from '../../core/poke.ts'
import type { Clock, PokeQueue, Telemetry } from '../../ports.ts'
import type { Database } from '../sqlite/database.ts'
import { type BatchHandler, type Consumer, createConsumer } from './in-process/consumer.ts'
import { addMessage, listDeadLetterBodies, releaseMessages } from './in-process/messages.ts'

export interface InProcessQueueOptions {
  /** From `openQueueDatabase`; this process must be the only one that consumes it. */
  readonly database: Database
  readonly clock: Pick<Clock, 'now'>
  readonly telemetry: Telemetry
  /** Messages of one queue that are worked at the same time. */
  readonly concurrency?: number
  readonly visibilityTimeoutMs?: number
  readonly maxReceiveCount?: number
}

/** Both queues and the process that works them. */
export interface InProcessQueue extends PokeQueue {
  /** Begins to deliver, first of all what an earlier process held when it ended. */
  start(handler: BatchHandler): void
  /** Resolves when nothing runs and nothing can be delivered now. */
  idle(): Promise<void>
  /** Delivers no more and resolves when the running handlers have ended. */
  stop(): Promise<void>
  /** What was received five times and never acknowledged. */
  listDeadLetters(): readonly Poke[]
}

const defaults = { concurrency: 4, visibilityTimeoutMs: 330_000, maxReceiveCount: 5 }

/**
 * The `watch` and `sync` queues in a SQLite file, with the rules of SQS FIFO queues: order within a group, one message
 * of a group in flight, deduplication for five minutes, redelivery after the visibility time-out, dead letters.
 */
export function createInProcessQueue(options: InProcessQueueOptions): InProcessQueue {
  const { database, clock } = options
  let consumers: readonly Consumer[] = []
  const settle = async () => {
    for (let running = listRunning(consumers); running.length > 0; running = listRunning(consumers)) {
      await Promise.allSettled(running)
    }
  }

  return {
    send: async (pokes) => {
      database.write((db) => {
        for (const { poke, dedupId } of pokes) addMessage(db, formatMessage(poke, dedupId), clock.now())
      })
      for (const consumer of consumers) consumer.wake()
    },
    start: (handler) => {
      database.write((db) => releaseMessages(db, clock.now()))
      consumers = (['watch', 'sync'] as const).map((queue) =>
        createConsumer({ ...defaults, ...options, queue, handler }),
      )
      for (const consumer of consumers) consumer.wake()
    },
    idle: settle,
    stop: async () => {
      for (const consumer of consumers) consumer.stop()
      await settle()
    },
    listDeadLetters: () => database.read(listDeadLetterBodies).map(parsePoke),
  }
}

function listRunning(consumers: readonly Consumer[]): Promise<void>[] {
  return consumers.flatMap((consumer) => consumer.listRunning())
}
