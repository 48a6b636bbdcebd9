import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import { createConfigSource } from '../../lib/adapters/config/index.ts'
import { createScheduleStack } from '../../lib/adapters/lambda/schedule-stack.ts'
import { createSqsQueue } from '../../lib/adapters/queue/sqs.ts'
import { createDynamodbState } from '../../lib/adapters/state/dynamodb.ts'
import { systemClock as clock } from '../../lib/adapters/system-clock.ts'
import { createPowertoolsTelemetry } from '../../lib/adapters/telemetry/powertools.ts'
import { parseReconcileSettings, readEnvironment } from '../../lib/env.ts'
import { createReconcileAll } from '../../lib/sync/reconcile-all.ts'
import { createReconcileHandler } from './handler.ts'

const { stateTable, queueUrls, deployment, configLocations } = parseReconcileSettings(readEnvironment())

const telemetry = createPowertoolsTelemetry({
  logger: new Logger({ serviceName: 'reconcile' }),
  metrics: new Metrics({ serviceName: 'reconcile' }),
})
const tracer = new Tracer({ serviceName: 'reconcile', captureHTTPsRequests: false })
const tracing = captureLambdaHandler(tracer, { captureResponse: false })

const reconcileAll = createReconcileAll({
  deployment,
  policy: { tenancy: 'single' },
  configSources: configLocations.map(createConfigSource),
  state: createDynamodbState({ client: new DynamoDBClient(), tableName: stateTable, clock }),
  queue: createSqsQueue({ client: new SQSClient(), queueUrls, clock }),
  telemetry,
  clock,
})

/** What the schedule calls each minute. */
export const handler = createScheduleStack(createReconcileHandler(reconcileAll), telemetry, [tracing])
