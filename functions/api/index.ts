import { randomUUID } from 'node:crypto'
import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SQSClient } from '@aws-sdk/client-sqs'
import { createHttpStack } from '../../lib/adapters/lambda/http-stack.ts'
import { createSqsQueue } from '../../lib/adapters/queue/sqs.ts'
import { createDynamodbState } from '../../lib/adapters/state/dynamodb.ts'
import { systemClock as clock } from '../../lib/adapters/system-clock.ts'
import { createPowertoolsTelemetry } from '../../lib/adapters/telemetry/powertools.ts'
import { traceCalls } from '../../lib/adapters/telemetry/trace-calls.ts'
import { createXrayTrace } from '../../lib/adapters/telemetry/xray.ts'
import { parseApiSettings, readEnvironment } from '../../lib/env.ts'
import { createBlameSecret } from '../../lib/sync/blame-secret.ts'
import { createInspect } from '../../lib/sync/inspect.ts'
import { createRequests } from '../../lib/sync/requests.ts'
import { createApiHandler } from './handler.ts'

const { stateTable, queueUrls } = parseApiSettings(readEnvironment())

const telemetry = createPowertoolsTelemetry({
  logger: new Logger({ serviceName: 'api' }),
  metrics: new Metrics({ serviceName: 'api' }),
})
const tracer = new Tracer({ serviceName: 'api', captureHTTPsRequests: false })
const tracing = captureLambdaHandler(tracer, { captureResponse: false })
const trace = createXrayTrace(tracer)

const state = traceCalls(
  createDynamodbState({ client: new DynamoDBClient(), tableName: stateTable, clock }),
  'state',
  trace,
)
const queue = traceCalls(createSqsQueue({ client: new SQSClient(), queueUrls, clock }), 'queue', trace)

/** What Lambda calls for each request of an operator or of CI; API Gateway has authenticated it. */
export const handler = createHttpStack(
  createApiHandler({
    inspect: createInspect({ state }),
    requests: createRequests({ state, queue, clock, createRequestId: randomUUID }),
    blameSecret: createBlameSecret({ state }),
  }),
  telemetry,
  [tracing],
)
