import { randomUUID } from 'node:crypto'
import type { RequestListener } from 'node:http'
import { apiRouteKeys, createApiHandler } from '../../functions/api/handler.ts'
import { createReconcileHandler } from '../../functions/reconcile/handler.ts'
import { createWebhookHandler, webhookRouteKeys } from '../../functions/webhook/handler.ts'
import { createWorkerHandler } from '../../functions/worker/handler.ts'
import type { Home } from '../../lib/adapters/home/home.ts'
import { gitHosts } from '../../lib/adapters/hosts/index.ts'
import { createHttpStack } from '../../lib/adapters/lambda/http-stack.ts'
import { createScheduleStack } from '../../lib/adapters/lambda/schedule-stack.ts'
import { createSqsStack } from '../../lib/adapters/lambda/sqs-stack.ts'
import { createBlameSecret } from '../../lib/sync/blame-secret.ts'
import { createInspect } from '../../lib/sync/inspect.ts'
import { createReceivePush } from '../../lib/sync/receive-push.ts'
import { createReconcileAll } from '../../lib/sync/reconcile-all.ts'
import { createRequests } from '../../lib/sync/requests.ts'
import { createSweepAccount } from '../../lib/sync/sweep-account.ts'
import { createSyncConfig } from '../../lib/sync/sync-config.ts'
import { createWatchRepository } from '../../lib/sync/watch-repository.ts'
import { createWorkPoke } from '../../lib/sync/work-poke.ts'
import { type HttpFunction, startHttpServer } from '../runner/http-server.ts'
import { createLambdaContext } from '../runner/lambda-context.ts'
import type { Embedded } from './compose.ts'
import { readLocalUser } from './local-user.ts'

/** The four functions, running. */
export interface RunningFunctions {
  /** Where webhook and API listen, without a slash at the end. */
  readonly url: string
  /** One scheduled pass. */
  reconcile(): Promise<void>
  stop(): Promise<void>
}

export interface FunctionOptions {
  readonly home: Home
  readonly port: number
  readonly mounts?: Readonly<Record<string, RequestListener>>
}

const workerTimeoutMs = 300_000
const reconcileTimeoutMs = 60_000

/** Starts the same handlers in the same stacks as Lambda does, on embedded parts. */
export async function startFunctions(
  embedded: Embedded,
  options: FunctionOptions,
): Promise<RunningFunctions> {
  const { telemetry, clock } = embedded.dependencies
  const server = await startHttpServer({
    port: options.port,
    token: options.home.readToken(),
    caller: readLocalUser(),
    functions: listHttpFunctions(embedded, options.home),
    ...(options.mounts ? { mounts: options.mounts } : {}),
    telemetry,
    clock,
  })
  const work = createWorker(embedded)
  embedded.queue.start((event) => work(event, createLambdaContext('worker', workerTimeoutMs, clock)))
  const reconcile = createScheduleStack(
    createReconcileHandler(createReconcileAll(embedded.dependencies), clock),
    telemetry,
  )
  return {
    url: server.url,
    reconcile: async () => {
      await reconcile({}, createLambdaContext('reconcile', reconcileTimeoutMs, clock))
    },
    stop: async () => {
      await server.close()
      await embedded.queue.stop()
    },
  }
}

function listHttpFunctions({ dependencies }: Embedded, home: Home): HttpFunction[] {
  const { state, queue, telemetry, clock, configSources } = dependencies
  const receivePush = createReceivePush({
    hosts: gitHosts,
    secrets: async () => [home.readWebhookSecret()],
    state,
    queue,
    telemetry,
    clock,
  })
  const api = {
    inspect: createInspect({ state, configSources }),
    requests: createRequests({ state, queue, clock, createRequestId: randomUUID }),
    blameSecret: createBlameSecret({ state }),
  }
  return [
    {
      name: 'webhook',
      routeKeys: webhookRouteKeys,
      handle: createHttpStack(createWebhookHandler(receivePush), telemetry),
      wantsToken: false,
    },
    {
      name: 'api',
      routeKeys: apiRouteKeys,
      handle: createHttpStack(createApiHandler(api), telemetry),
      wantsToken: true,
    },
  ]
}

function createWorker({ dependencies }: Embedded) {
  const { telemetry, clock } = dependencies
  const workPoke = createWorkPoke({
    watchRepository: createWatchRepository(dependencies),
    syncConfig: createSyncConfig(dependencies),
    sweepAccount: createSweepAccount(dependencies),
  })
  return createSqsStack(createWorkerHandler({ workPoke, telemetry, clock }), telemetry)
}
