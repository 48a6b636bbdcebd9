import { Logger } from '@aws-lambda-powertools/logger'
import { Metrics } from '@aws-lambda-powertools/metrics'
import { Tracer } from '@aws-lambda-powertools/tracer'
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware'
import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { EventBridgeClient } from '@aws-sdk/client-eventbridge'
import { KMSClient } from '@aws-sdk/client-kms'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { requestHandler } from '../../lib/adapters/aws/request-handler.ts'
import { createConfigSource } from '../../lib/adapters/config/index.ts'
import { chooseCredentials } from '../../lib/adapters/credentials/choose-credentials.ts'
import { createClusterCredentials } from '../../lib/adapters/credentials/cluster-credentials.ts'
import { createGitCredentials } from '../../lib/adapters/credentials/git-credentials.ts'
import { createDeploymentKeyServices } from '../../lib/adapters/credentials/key-services.ts'
import { createSecretTexts, readSecretText } from '../../lib/adapters/credentials/secret-texts.ts'
import { createConnect } from '../../lib/adapters/egress/connect.ts'
import { createEgress } from '../../lib/adapters/egress/egress.ts'
import { createGitClient } from '../../lib/adapters/git/git-client.ts'
import { createMintedCredentials } from '../../lib/adapters/git/logins/minted-credentials.ts'
import { isSignedBy } from '../../lib/adapters/git/signatures/is-signed-by.ts'
import { createKubeClients, listKubeClients } from '../../lib/adapters/kube/clusters.ts'
import { createSqsStack } from '../../lib/adapters/lambda/sqs-stack.ts'
import { createEventBridgeNotify } from '../../lib/adapters/notify/eventbridge.ts'
import { createSsmParameterStores } from '../../lib/adapters/parameters/aws-ssm/stores.ts'
import { readPolicy } from '../../lib/adapters/policy-file.ts'
import { createSqsQueue } from '../../lib/adapters/queue/sqs.ts'
import { createDynamodbState } from '../../lib/adapters/state/dynamodb.ts'
import { createKmsVersionKey } from '../../lib/adapters/state/kms-version-key.ts'
import { createSecretsManagerStores } from '../../lib/adapters/stores/aws-secrets-manager/stores.ts'
import { systemClock as clock } from '../../lib/adapters/system-clock.ts'
import { createPowertoolsTelemetry } from '../../lib/adapters/telemetry/powertools.ts'
import { tracePorts } from '../../lib/adapters/telemetry/trace-calls.ts'
import { createXrayTrace } from '../../lib/adapters/telemetry/xray.ts'
import { parseWorkerSettings, readEnvironment } from '../../lib/env.ts'
import type { SyncDependencies } from '../../lib/sync/dependencies.ts'
import { createDataKeyCache } from '../../lib/sync/load/data-key-cache.ts'
import { createSweepAccount } from '../../lib/sync/sweep-account.ts'
import { createSyncConfig } from '../../lib/sync/sync-config.ts'
import { createWatchRepository } from '../../lib/sync/watch-repository.ts'
import { createWorkPoke } from '../../lib/sync/work-poke.ts'
import { createWorkerHandler } from './handler.ts'

const settings = parseWorkerSettings(readEnvironment())
const { deployment, account, credentialsPrefix: prefix, kms, allowedHosts } = settings
const { configLocations: locations } = settings

const telemetry = createPowertoolsTelemetry({
  logger: new Logger({ serviceName: 'worker' }),
  metrics: new Metrics({ serviceName: 'worker' }),
})
const tracer = new Tracer({ serviceName: 'worker', captureHTTPsRequests: false })
const tracing = captureLambdaHandler(tracer, { captureResponse: false })

const secretsManager = new SecretsManagerClient()
const readText = createSecretTexts({ client: secretsManager, clock })
const openKubeClient = createKubeClients({
  readKubeconfig: (name) => readSecretText(secretsManager, `${prefix}clusters/${name}`),
  awsCredentials: () => secretsManager.config.credentials(),
  clock,
})
const egress = createEgress({ allowedHosts })
const policy = { ...readPolicy({ policy: settings.policy, locations }), ownPrefix: prefix }

const readStored = chooseCredentials(
  createGitCredentials({ readText, prefix }),
  createClusterCredentials({ clients: listKubeClients(locations, openKubeClient), telemetry, clock }),
)

const ports: SyncDependencies = {
  deployment,
  policy,
  configSources: locations.map((location) => createConfigSource(location, openKubeClient)),
  git: createGitClient({
    egress,
    connect: createConnect({ allowedHosts }),
    readCredential: createMintedCredentials(readStored, {
      egress,
      now: clock.now,
      readAwsCredentials: () => secretsManager.config.credentials(),
    }),
    maxCloneBytes: settings.memoryBytes / 8,
  }),
  isSignedBy,
  keyServices: createDeploymentKeyServices({
    readText,
    prefix,
    deployment,
    kms,
    policy,
    outside: { egress, now: clock.now },
  }),
  dataKeys: createDataKeyCache({ now: clock.now }),
  stores: createSecretsManagerStores({ deployment, account, listLagMs: settings.listLagMs }),
  parameters: createSsmParameterStores({ deployment, account }),
  versionKey: createKmsVersionKey({ client: new KMSClient(), keyId: settings.versionKeyArn }),
  state: createDynamodbState({ client: new DynamoDBClient(), tableName: settings.stateTable, clock }),
  queue: createSqsQueue({ client: new SQSClient(), queueUrls: settings.queueUrls, clock }),
  notify: createEventBridgeNotify({
    client: new EventBridgeClient({ requestHandler, maxAttempts: 2 }),
    bus: settings.eventBus,
    deployment,
  }),
  telemetry,
  clock,
}
const dependencies = tracePorts(ports, createXrayTrace(tracer))

const workPoke = createWorkPoke({
  watchRepository: createWatchRepository(dependencies),
  syncConfig: createSyncConfig(dependencies),
  sweepAccount: createSweepAccount(dependencies),
})

/** What Lambda calls with messages of both queues. */
export const handler = createSqsStack(createWorkerHandler({ workPoke, telemetry, clock }), telemetry, [
  tracing,
])
