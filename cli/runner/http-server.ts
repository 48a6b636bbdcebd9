import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http'
import type { HttpHandler } from '../../lib/adapters/lambda/http-stack.ts'
import { SyncError, toSyncError } from '../../lib/core/errors.ts'
import type { Clock, Telemetry } from '../../lib/ports.ts'
import { writeAnswer, writeRefusal } from './http-answer.ts'
import { createHttpEvent, splitTarget } from './http-event.ts'
import { createLambdaContext } from './lambda-context.ts'
import { assertBearerToken, assertLocalRequest } from './local-request.ts'
import { readBody } from './read-body.ts'
import { matchRoute, type Route } from './routes.ts'

/** One function that is invoked over HTTP. */
export interface HttpFunction {
  readonly name: string
  readonly routeKeys: readonly string[]
  /** The handler in its stack. */
  readonly handle: HttpHandler
  /** Whether requests carry the bearer token; a webhook is signed instead. */
  readonly wantsToken: boolean
}

export interface HttpServerOptions {
  /** 0 takes a free one. */
  readonly port: number
  readonly token: string
  /** Who has the token. */
  readonly caller: string
  readonly functions: readonly HttpFunction[]
  /** What else is served, by path prefix such as `/git`; only the check of Host and Origin stands before it. */
  readonly mounts?: Readonly<Record<string, RequestListener>>
  readonly telemetry: Telemetry
  readonly clock: Clock
  readonly limits?: Partial<HttpLimits>
}

export interface HttpLimits {
  readonly bodyBytes: number
  readonly connections: number
  readonly headersTimeoutMs: number
  readonly requestTimeoutMs: number
}

/** Flux takes as many bytes and as much time. The number of connections bounds what all bodies together take. */
const defaultLimits: HttpLimits = {
  bodyBytes: 3 * 1024 * 1024,
  connections: 1024,
  headersTimeoutMs: 10_000,
  requestTimeoutMs: 30_000,
}

/** Longer than any client keeps an idle connection, so that it is the client who closes: no request meets a reset. */
const keepAliveTimeout = 60_000

export interface HttpServer {
  readonly port: number
  /** Without a slash at the end. */
  readonly url: string
  /** Takes no more requests and cuts those that are open. */
  close(): Promise<void>
}

/**
 * Serves functions on the loopback interface as API Gateway would.
 * @throws {SyncError} UsageInvalid where the port is taken
 */
export async function startHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const limits = { ...defaultLimits, ...options.limits }
  const { headersTimeoutMs: headersTimeout, requestTimeoutMs: requestTimeout } = limits
  const connectionsCheckingInterval = Math.min(headersTimeout, 5_000)
  const timeouts = { headersTimeout, requestTimeout, connectionsCheckingInterval, keepAliveTimeout }
  const server = createServer(timeouts)
  server.maxConnections = limits.connections
  const port = await listen(server, options.port)
  server.on('request', createListener(options, limits, port))
  return { port, url: `http://127.0.0.1:${port}`, close: () => close(server) }
}

function createListener(options: HttpServerOptions, limits: HttpLimits, port: number): RequestListener {
  const routes = options.functions.flatMap((target) =>
    target.routeKeys.map((routeKey): Route<HttpFunction> => ({ routeKey, target })),
  )
  return (request, response) => {
    const answer = async () => {
      assertLocalRequest(request.headers, port)
      const { rawPath } = splitTarget(request.url)
      const mounted = findMount(options.mounts, rawPath)
      if (mounted) mounted(request, response)
      else await invoke({ request, response, rawPath }, { ...options, routes, limits })
    }
    answer().catch((thrown: unknown) => {
      options.telemetry.log('info', 'request refused', { code: toSyncError(thrown).code })
      writeRefusal(response, thrown)
    })
  }
}

function findMount(mounts: HttpServerOptions['mounts'] = {}, path: string): RequestListener | undefined {
  const prefix = Object.keys(mounts).find((name) => path === name || path.startsWith(`${name}/`))
  return prefix === undefined ? undefined : mounts[prefix]
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly rawPath: string
}

async function invoke(
  { request, response, rawPath }: Exchange,
  options: HttpServerOptions & { routes: readonly Route<HttpFunction>[]; limits: HttpLimits },
): Promise<void> {
  const { routes, limits, clock, token, caller } = options
  const route = matchRoute(routes, { method: request.method ?? '', path: rawPath })
  if (!route) throw new SyncError('RouteNotFound')
  const { wantsToken } = route.target
  if (wantsToken) assertBearerToken(request.headers, token)
  const body = await readBody(request, limits.bodyBytes)
  const event = createHttpEvent({
    request,
    route,
    body,
    receivedAt: clock.now(),
    ...(wantsToken ? { caller } : {}),
  })
  const context = createLambdaContext(route.target.name, limits.requestTimeoutMs, clock)
  writeAnswer(response, await route.target.handle(event, context))
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause) => reject(new SyncError('UsageInvalid', { data: { port }, cause })))
    server.listen({ host: '127.0.0.1', port }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : port)
    })
  })
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve())
    server.closeAllConnections()
  })
}
