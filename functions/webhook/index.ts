import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { createWebhookSecrets } from '../../lib/adapters/credentials/webhook-secrets.ts'
import { gitHosts } from '../../lib/adapters/hosts/index.ts'
import { createHttpStack } from '../../lib/adapters/lambda/http-stack.ts'
import { createSqsQueue } from '../../lib/adapters/queue/sqs.ts'
import { createDynamodbState } from '../../lib/adapters/state/dynamodb.ts'
import { systemClock as clock } from '../../lib/adapters/system-clock.ts'
import { createPowertoolsTelemetry } from '../../lib/adapters/telemetry/powertools.ts'
import { parseWebhookSettings, readEnvironment } from '../../lib/env.ts'
import { createReceivePush } from '../../lib/sync/receive-push.ts'
import { createWebhookHandler } from './handler.ts'

const { stateTable, queueUrls, webhookSecretArns } = parseWebhookSettings(readEnvironment())

const telemetry = createPowertoolsTelemetry({
  logger: new Logger({ serviceName: 'webhook' }),
  metrics: new Metrics({ serviceName: 'webhook' }),
})

const receivePush = createReceivePush({
  hosts: gitHosts,
  secrets: createWebhookSecrets({ client: new SecretsManagerClient(), arns: webhookSecretArns, clock }),
  state: createDynamodbState({ client: new DynamoDBClient(), tableName: stateTable, clock }),
  queue: createSqsQueue({ client: new SQSClient(), queueUrls, clock }),
  telemetry,
  clock,
})

/** What Lambda calls for each delivery of a Git host. */
export const handler = createHttpStack(createWebhookHandler(receivePush), telemetry)
