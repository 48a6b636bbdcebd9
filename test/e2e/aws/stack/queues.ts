import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'
import { stage } from './deployed-stack.ts'

/** The queues of the stack, as somebody sees them who may send and receive anything. */
export interface Queues {
  /** Sends to the queue of syncs what the service itself would not; `group` is its message group. */
  sendToSync(body: string, group: string): Promise<void>
  /** The bodies of messages among the dead letters of syncs. They stay there. */
  listDeadSyncs(): Promise<readonly string[]>
}

export function openQueues(cloud: Cloud): Queues {
  const sqs = new SQSClient(createClientConfig(cloud))
  const urlOf = (name: string) => `${cloud.url}/${cloud.account}/smc-${stage}-${name}.fifo`
  let sent = 0
  return {
    sendToSync: async (MessageBody, MessageGroupId) => {
      sent += 1
      const MessageDeduplicationId = `by-hand-${sent}`
      const QueueUrl = urlOf('sync')
      await sqs.send(
        new SendMessageCommand({ QueueUrl, MessageBody, MessageGroupId, MessageDeduplicationId }),
      )
    },
    listDeadSyncs: async () => {
      const QueueUrl = urlOf('sync-dead')
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, VisibilityTimeout: 0 }),
      )
      return Messages.map(({ Body = '' }) => Body)
    },
  }
}
