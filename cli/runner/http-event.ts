import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { APIGatewayProxyEventV2 } from 'aws-lambda'
import type { MatchedRoute } from './routes.ts'

/** What of a request is left when its route is found and its body read. */
export interface ReceivedRequest {
  readonly request: IncomingMessage
  readonly route: MatchedRoute<unknown>
  readonly body: Uint8Array
  /** Milliseconds since the epoch. */
  readonly receivedAt: number
  /** Who is known by a token. */
  readonly caller?: string
}

/**
 * The event that API Gateway makes of a request. The body is always base64, so that its bytes stay as they were.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function createHttpEvent({
  request,
  route,
  body,
  receivedAt,
  caller,
}: ReceivedRequest): APIGatewayProxyEventV2 {
  const { rawPath, rawQueryString } = splitTarget(request.url)
  const headers = joinHeaders(request)
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString,
    headers,
    pathParameters: { ...route.pathParameters },
    ...readQuery(rawQueryString),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers['host'] ?? '',
      domainPrefix: 'local',
      http: {
        method: request.method ?? '',
        path: rawPath,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey: route.routeKey,
      stage: '$default',
      time: new Date(receivedAt).toISOString(),
      timeEpoch: receivedAt,
      // As the authorizer of API Gateway names the bearer of a token.
      ...(caller === undefined ? {} : { authorizer: { jwt: { claims: { sub: caller }, scopes: null } } }),
    },
    body: Buffer.from(body).toString('base64'),
    isBase64Encoded: true,
  }
}

/** Path and query of a request target, both still encoded. */
export function splitTarget(target = ''): { readonly rawPath: string; readonly rawQueryString: string } {
  const [rawPath = '', ...query] = target.split('?')
  return { rawPath, rawQueryString: query.join('?') }
}

/** Decoded; values of repeated names are joined by commas. API Gateway leaves the field out where there is no query. */
function readQuery(rawQueryString: string): Pick<APIGatewayProxyEventV2, 'queryStringParameters'> {
  const query = new URLSearchParams(rawQueryString)
  if (query.size === 0) return {}
  const names = [...new Set(query.keys())]
  return {
    queryStringParameters: Object.fromEntries(names.map((name) => [name, query.getAll(name).join(',')])),
  }
}

/** Names are in lower case already; values of repeated headers are joined by commas. */
function joinHeaders(request: IncomingMessage): Record<string, string> {
  return Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
}
