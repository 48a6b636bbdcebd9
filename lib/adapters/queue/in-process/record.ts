import type { SQSRecord } from 'aws-lambda'
import type { Message } from './messages.ts'

/** A message in the shape in which Lambda hands it to a function. */
export function formatRecord(message: Message): SQSRecord {
  return {
    messageId: message.id,
    receiptHandle: message.receipt,
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(message.receiveCount),
      SentTimestamp: String(message.sentAt),
      SequenceNumber: String(message.number).padStart(20, '0'),
      MessageGroupId: message.groupId,
      SenderId: 'local',
      MessageDeduplicationId: message.dedupId,
      ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt),
    },
    messageAttributes: {},
    md5OfBody: '',
    eventSource: 'aws:sqs',
    eventSourceARN: `arn:aws:sqs:local:000000000000:${message.queue}.fifo`,
    awsRegion: 'local',
  }
}
