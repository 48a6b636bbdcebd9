import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { SyncError } from '../../lib/core/errors.ts'
import type { RequestRecord } from '../../lib/core/state/records.ts'
import type { Inspect } from '../../lib/sync/inspect.ts'
import type { RequestSync } from '../../lib/sync/request-sync.ts'

export interface ApiUseCases {
  readonly inspect: Inspect
  readonly requestSync: RequestSync
}

type Parameters = Readonly<Record<string, string | undefined>>
type Route = (useCases: ApiUseCases, parameters: Parameters) => Promise<APIGatewayProxyStructuredResultV2>

const routes: Readonly<Record<string, Route>> = {
  'GET /configs': async ({ inspect }) => formatAnswer(200, await inspect.listConfigs()),
  'GET /configs/{source}/{namespace}/{name}': async ({ inspect }, parameters) =>
    formatAnswer(200, await inspect.readConfig(readConfigId(parameters))),
  'POST /configs/{source}/{namespace}/{name}/sync': async (useCases, parameters) =>
    await request(useCases, parameters, 'sync'),
  'POST /configs/{source}/{namespace}/{name}/plan': async (useCases, parameters) =>
    await request(useCases, parameters, 'plan'),
  'GET /requests/{id}': async ({ inspect }, { id = '' }) => formatAnswer(200, await inspect.readRequest(id)),
  'GET /deliveries/{hash}': async ({ inspect }, { hash = '' }) =>
    formatAnswer(200, await inspect.readDelivery(hash)),
}

/** The routes that this function serves. */
export const apiRouteKeys: readonly string[] = Object.keys(routes)

/** Answers operators and CI; what takes time is answered with 202 and the address of the answer to come. */
export function createApiHandler(useCases: ApiUseCases) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined
    if (!route) throw new SyncError('RouteNotFound')
    return await route(useCases, event.pathParameters ?? {})
  }
}

async function request(
  { inspect, requestSync }: ApiUseCases,
  parameters: Parameters,
  kind: RequestRecord['kind'],
): Promise<APIGatewayProxyStructuredResultV2> {
  const configId = await inspect.findConfig(readConfigId(parameters))
  const { requestId } = await requestSync(configId, kind)
  return formatAnswer(202, { requestId, configId, kind }, { Location: `/requests/${requestId}` })
}

function readConfigId({ source = '', namespace = '', name = '' }: Parameters): string {
  return `${source}/${namespace}/${name}`
}

function formatAnswer(
  statusCode: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): APIGatewayProxyStructuredResultV2 {
  return {
    statusCode,
    headers: { 'Content-Type': 'application/json', 'Cache-Control': 'no-store', ...headers },
    body: JSON.stringify(body),
  }
}
