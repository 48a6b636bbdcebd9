import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { createSqsQueue } from '../../../../lib/adapters/queue/sqs.ts'
import { systemClock } from '../../../../lib/adapters/system-clock.ts'
import { testPokeQueue } from '../../../contracts/poke-queue.ts'
import { createSqsPoller } from '../../../fakes/sqs-poller.ts'
import { describeEmulated } from '../emulators/describe-emulated.ts'
import { createClientConfig, useEmulator } from '../emulators/emulator.ts'
import { startMinistack } from '../emulators/ministack.ts'

const visibilityTimeoutSeconds = 1
let opened = 0

/** A FIFO queue as the stack makes them. @returns its URL */
async function createQueue(
  client: SQSClient,
  name: string,
  attributes: Readonly<Record<string, string>> = {},
): Promise<string> {
  const { QueueUrl = '' } = await client.send(
    new CreateQueueCommand({
      QueueName: `${name}-${opened}.fifo`,
      Attributes: {
        FifoQueue: 'true',
        ContentBasedDeduplication: 'false',
        DeduplicationScope: 'messageGroup',
        FifoThroughputLimit: 'perMessageGroupId',
        VisibilityTimeout: String(visibilityTimeoutSeconds),
        ...attributes,
      },
    }),
  )
  return QueueUrl
}

describeEmulated('queues', () => {
  const ministack = useEmulator(startMinistack)
  testPokeQueue('sqs on ministack', async () => {
    const client = new SQSClient(createClientConfig(ministack()))
    opened += 1
    const deadUrl = await createQueue(client, 'dead')
    const { Attributes = {} } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: deadUrl, AttributeNames: ['QueueArn'] }),
    )
    const redrive = { deadLetterTargetArn: Attributes['QueueArn'], maxReceiveCount: 5 }
    const attributes = { RedrivePolicy: JSON.stringify(redrive) }
    const queueUrls = {
      watch: await createQueue(client, 'watch', attributes),
      sync: await createQueue(client, 'sync', attributes),
    }
    const poller = createSqsPoller(client, [queueUrls.watch, queueUrls.sync])
    return {
      queue: createSqsQueue({ client, queueUrls, clock: systemClock }),
      start: poller.start,
      idle: poller.idle,
      passVisibilityTimeout: () => systemClock.sleep(visibilityTimeoutSeconds * 1000 + 100),
    }
  })
})
