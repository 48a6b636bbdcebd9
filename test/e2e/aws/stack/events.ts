import { EventBridgeClient, PutRuleCommand, PutTargetsCommand } from '@aws-sdk/client-eventbridge'
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { createClientConfig } from '../emulators/emulator.ts'
import type { Cloud } from './cloud.ts'

/** One event as a rule passes it on. */
export interface SeenEvent {
  readonly source: string
  readonly 'detail-type': string
  readonly detail: { readonly configId: string; readonly counts: Readonly<Record<string, number>> }
}

/** What somebody who listens to the event bus gets to know. */
export interface Events {
  /** Everything that has arrived since it was asked first. */
  list(): Promise<readonly SeenEvent[]>
}

/** Begins to listen to all events of the service, through a rule and a queue. */
export async function listenToEvents(cloud: Cloud): Promise<Events> {
  const sqs = new SQSClient(createClientConfig(cloud))
  const bus = new EventBridgeClient(createClientConfig(cloud))
  await sqs.send(new CreateQueueCommand({ QueueName: 'events' }))
  const QueueUrl = `${cloud.url}/${cloud.account}/events`
  const EventPattern = JSON.stringify({ source: ['secret-manager-controller'] })
  await bus.send(new PutRuleCommand({ Name: 'events', EventPattern }))
  const Arn = `arn:aws:sqs:${cloud.region}:${cloud.account}:events`
  await bus.send(new PutTargetsCommand({ Rule: 'events', Targets: [{ Id: 'queue', Arn }] }))
  const seen = new Map<string, SeenEvent>()
  return {
    list: async () => {
      const { Messages = [] } = await sqs.send(
        new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }),
      )
      for (const { MessageId = '', Body = '' } of Messages) seen.set(MessageId, JSON.parse(Body))
      return [...seen.values()]
    },
  }
}
