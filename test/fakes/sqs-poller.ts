import {
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs'
import type { SQSRecord } from 'aws-lambda'
import type { BatchHandler } from '../../lib/adapters/queue/in-process/consumer.ts'

/** Hands messages of SQS to a handler as Lambda does: batches of one, groups side by side. */
export interface SqsPoller {
  start(handler: BatchHandler): void
  /** Resolves when nothing runs and no message can be received. */
  idle(): Promise<void>
}

export function createSqsPoller(client: SQSClient, queueUrls: readonly string[]): SqsPoller {
  let handler: BatchHandler | undefined
  const running = new Set<Promise<void>>()

  const work = async (queueUrl: string, message: Message) => {
    try {
      const response = await handler?.({ Records: [formatRecord(queueUrl, message)] })
      if (response?.batchItemFailures.length !== 0) return
    } catch {
      // The message comes again, as after a crash of a function.
      return
    }
    await client.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle: message.ReceiptHandle }))
  }

  const receive = async (queueUrl: string): Promise<boolean> => {
    const { Messages = [] } = await client.send(
      new ReceiveMessageCommand({
        QueueUrl: queueUrl,
        MaxNumberOfMessages: 1,
        MessageSystemAttributeNames: ['All'],
      }),
    )
    for (const message of Messages) {
      const run = work(queueUrl, message).finally(() => running.delete(run))
      running.add(run)
    }
    return Messages.length > 0
  }

  return {
    start: (given) => {
      handler = given
    },
    idle: async () => {
      for (;;) {
        const received = await Promise.all(queueUrls.map(receive))
        if (received.includes(true)) continue
        if (running.size === 0) return
        await Promise.race(running)
      }
    },
  }
}

function formatRecord(queueUrl: string, message: Message): SQSRecord {
  const {
    ApproximateReceiveCount = '',
    SentTimestamp = '',
    SenderId = '',
    ...others
  } = message.Attributes ?? {}
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: {
      ...others,
      ApproximateReceiveCount,
      SentTimestamp,
      SenderId,
      ApproximateFirstReceiveTimestamp: others.ApproximateFirstReceiveTimestamp ?? '',
    },
    messageAttributes: {},
    md5OfBody: message.MD5OfBody ?? '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:eu-west-1:000000000000:${queueUrl.split('/').at(-1)}`,
    awsRegion: 'eu-west-1',
  }
}
