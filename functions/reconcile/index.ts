import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { createConfigSource } from '../../lib/adapters/config/index.ts'
import { readSecretText } from '../../lib/adapters/credentials/secret-texts.ts'
import { createKubeClients } from '../../lib/adapters/kube/clusters.ts'
import { createScheduleStack } from '../../lib/adapters/lambda/schedule-stack.ts'
import { readPolicy } from '../../lib/adapters/policy-file.ts'
import { createSqsQueue } from '../../lib/adapters/queue/sqs.ts'
import { createDynamodbState } from '../../lib/adapters/state/dynamodb.ts'
import { systemClock as clock } from '../../lib/adapters/system-clock.ts'
import { createPowertoolsTelemetry } from '../../lib/adapters/telemetry/powertools.ts'
import { traceCalls } from '../../lib/adapters/telemetry/trace-calls.ts'
import { createXrayTrace } from '../../lib/adapters/telemetry/xray.ts'
import { parseReconcileSettings, readEnvironment } from '../../lib/env.ts'
import { createReconcileAll } from '../../lib/sync/reconcile-all.ts'
import { createReconcileHandler } from './handler.ts'

const settings = parseReconcileSettings(readEnvironment())
const { stateTable, queueUrls, deployment, configLocations: locations, credentialsPrefix: prefix } = settings

const telemetry = createPowertoolsTelemetry({
  logger: new Logger({ serviceName: 'reconcile' }),
  metrics: new Metrics({ serviceName: 'reconcile' }),
})
const tracer = new Tracer({ serviceName: 'reconcile', captureHTTPsRequests: false })
const tracing = captureLambdaHandler(tracer, { captureResponse: false })
const trace = createXrayTrace(tracer)

const secretsManager = new SecretsManagerClient()
const openKubeClient = createKubeClients({
  readKubeconfig: (name) => readSecretText(secretsManager, `${prefix}clusters/${name}`),
  awsCredentials: () => secretsManager.config.credentials(),
  clock,
})

const reconcileAll = createReconcileAll({
  deployment,
  policy: readPolicy({ policy: settings.policy, locations }),
  configSources: locations.map((location) => createConfigSource(location, openKubeClient)),
  state: traceCalls(
    createDynamodbState({ client: new DynamoDBClient(), tableName: stateTable, clock }),
    'state',
    trace,
  ),
  queue: traceCalls(createSqsQueue({ client: new SQSClient(), queueUrls, clock }), 'queue', trace),
  telemetry,
  clock,
})

/** What the schedule calls each minute. */
export const handler = createScheduleStack(createReconcileHandler(reconcileAll, clock), telemetry, [tracing])
