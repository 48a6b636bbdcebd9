import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import type { Actor } from '../../lib/core/audit/actor.ts'
import { readApiCaller } from '../../lib/core/audit/api-caller.ts'
import type { SettingQuery } from '../../lib/core/audit/list-settings.ts'
import { parseAdoptionOrder, parsePruneOrder, parseRollbackOrder } from '../../lib/core/audit/parse-order.ts'
import type { ConfigId } from '../../lib/core/config/config.ts'
import { SyncError } from '../../lib/core/errors.ts'
import type { RequestRecord } from '../../lib/core/state/records.ts'
import type { BlameSecret } from '../../lib/sync/blame-secret.ts'
import type { Inspect } from '../../lib/sync/inspect.ts'
import type { PlainRequest, Requests } from '../../lib/sync/requests.ts'

export interface ApiUseCases {
  readonly inspect: Inspect
  readonly requests: Requests
  readonly blameSecret: BlameSecret
}

interface ApiRequest {
  readonly parameters: Readonly<Record<string, string | undefined>>
  readonly query: Readonly<Record<string, string | undefined>>
  readonly body: string
  readonly actor: Actor
}

type Route = (useCases: ApiUseCases, request: ApiRequest) => Promise<APIGatewayProxyStructuredResultV2>

const routes: Readonly<Record<string, Route>> = {
  'GET /configs': async ({ inspect }) => formatAnswer(200, await inspect.listConfigs()),
  'GET /configs/{source}/{namespace}/{name}': async ({ inspect }, request) =>
    formatAnswer(200, await inspect.readConfig(readConfigId(request))),
  'GET /configs/{source}/{namespace}/{name}/history': async ({ inspect }, request) =>
    formatAnswer(200, await inspect.listHistory(readConfigId(request), readLimit(request))),
  'POST /configs/{source}/{namespace}/{name}/sync': acceptPlain('sync'),
  'POST /configs/{source}/{namespace}/{name}/plan': acceptPlain('plan'),
  'POST /configs/{source}/{namespace}/{name}/suspend': acceptPlain('suspend'),
  'POST /configs/{source}/{namespace}/{name}/resume': acceptPlain('resume'),
  'POST /configs/{source}/{namespace}/{name}/rollback': accept(
    async (requests, configId, { actor, body }) =>
      await requests.rollback(configId, actor, parseRollbackOrder(body)),
  ),
  'POST /configs/{source}/{namespace}/{name}/prune': accept(
    async (requests, configId, { actor, body }) =>
      await requests.approve(configId, actor, parsePruneOrder(body)),
  ),
  'POST /configs/{source}/{namespace}/{name}/adopt': accept(
    async (requests, configId, { actor, body }) =>
      await requests.adopt(configId, actor, parseAdoptionOrder(body)),
  ),
  'GET /blame': async ({ blameSecret }, request) =>
    formatAnswer(200, await blameSecret(readSettingQuery(request))),
  'GET /requests/{id}': async ({ inspect }, { parameters: { id = '' } }) =>
    formatAnswer(200, await inspect.readRequest(id)),
  'GET /deliveries/{hash}': async ({ inspect }, { parameters: { hash = '' } }) =>
    formatAnswer(200, await inspect.readDelivery(hash)),
}

/** The routes that this function serves. */
export const apiRouteKeys: readonly string[] = Object.keys(routes)

/** Answers operators and CI; what takes time is answered with 202 and the address of the answer to come. */
export function createApiHandler(useCases: ApiUseCases) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const route = Object.hasOwn(routes, event.routeKey) ? routes[event.routeKey] : undefined
    if (!route) throw new SyncError('RouteNotFound')
    return await route(useCases, {
      parameters: event.pathParameters ?? {},
      query: event.queryStringParameters ?? {},
      body: readBody(event),
      actor: readApiCaller(event.requestContext),
    })
  }
}

type Ask = (requests: Requests, configId: ConfigId, request: ApiRequest) => Promise<RequestRecord>

/** A route that queues a request of one kind. */
function acceptPlain(kind: PlainRequest): Route {
  return accept(async (requests, configId, { actor }) => await requests[kind](configId, actor))
}

/** A route that queues what it is asked for. */
function accept(ask: Ask): Route {
  return async ({ inspect, requests }, request) => {
    const configId = await inspect.findConfig(readConfigId(request))
    const { requestId, kind } = await ask(requests, configId, request)
    return formatAnswer(202, { requestId, configId, kind }, { Location: `/requests/${requestId}` })
  }
}

function readBody({ body = '', isBase64Encoded }: APIGatewayProxyEventV2): string {
  return Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8').toString('utf8')
}

function readConfigId({ parameters: { source = '', namespace = '', name = '' } }: ApiRequest): string {
  return `${source}/${namespace}/${name}`
}

const defaultLimit = 20

function readLimit({ query: { limit } }: ApiRequest): number {
  if (limit === undefined) return defaultLimit
  if (!/^[1-9]\d{0,3}$/.test(limit)) throw new SyncError('RequestInvalid', { data: { field: 'limit' } })
  return Number(limit)
}

function readSettingQuery({ query: { secret, version } }: ApiRequest): SettingQuery {
  if (!secret) throw new SyncError('RequestInvalid', { data: { field: 'secret' } })
  return { name: secret, ...(version === undefined ? {} : { version }) }
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
