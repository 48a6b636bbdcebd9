import { SendMessageBatchCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { SyncError } from '../../core/errors.ts'
import { formatMessage, type PokeMessage, type QueueName } from '../../core/poke.ts'
import type { Clock, PokeQueue } from '../../ports.ts'
import { readErrorName } from '../aws/error-name.ts'

export interface SqsQueueOptions {
  readonly client: SQSClient
  readonly queueUrls: Readonly<Record<QueueName, string>>
  readonly clock: Pick<Clock, 'sleep' | 'random'>
}

/** What one request may hold. */
const batchSize = 10
const attempts = 4
const firstDelayMs = 100

/** The `watch` and `sync` queues as FIFO queues of SQS. */
export function createSqsQueue(options: SqsQueueOptions): PokeQueue {
  return {
    send: async (pokes) => {
      const messages = pokes.map(({ poke, dedupId }) => formatMessage(poke, dedupId))
      for (const [queue, queued] of Map.groupBy(messages, (message) => message.queue)) {
        for (let start = 0; start < queued.length; start += batchSize) {
          await sendBatch(options, queue, queued.slice(start, start + batchSize))
        }
      }
    },
  }
}

/** Sends a batch, and what SQS did not take of it again: a request that succeeds may have failed in part. */
async function sendBatch(
  options: SqsQueueOptions,
  queue: QueueName,
  batch: readonly PokeMessage[],
): Promise<void> {
  const { clock } = options
  let pending = batch
  for (let attempt = 1; ; attempt += 1) {
    const { failed, error } = await sendOnce(options, queue, pending)
    if (failed.length === 0) return
    if (attempt === attempts)
      throw new SyncError('QueueUnavailable', { data: { queue, error, count: failed.length } })
    await clock.sleep(firstDelayMs * 2 ** attempt * clock.random())
    pending = failed
  }
}

async function sendOnce(
  { client, queueUrls }: SqsQueueOptions,
  queue: QueueName,
  batch: readonly PokeMessage[],
): Promise<{ readonly failed: readonly PokeMessage[]; readonly error: string }> {
  const command = new SendMessageBatchCommand({
    QueueUrl: queueUrls[queue],
    Entries: batch.map(({ body, groupId, dedupId }, n) => ({
      Id: String(n),
      MessageBody: body,
      MessageGroupId: groupId,
      MessageDeduplicationId: dedupId,
    })),
  })
  try {
    const { Failed = [] } = await client.send(command)
    const ids = new Set(Failed.map(({ Id }) => Id))
    return { failed: batch.filter((_, n) => ids.has(String(n))), error: Failed[0]?.Code ?? '' }
  } catch (cause) {
    throw new SyncError('QueueUnavailable', { data: { queue, error: readErrorName(cause) }, cause })
  }
}
