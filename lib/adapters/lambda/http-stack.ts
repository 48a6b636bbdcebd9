import middy, { type MiddlewareObj } from '@middy/core'
import httpErrorHandler from '@middy/http-error-handler'
import httpSecurityHeaders from '@middy/http-security-headers'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2, Context } from 'aws-lambda'
import { isSyncError, toSyncError } from '../../core/errors.ts'
import type { Telemetry } from '../../ports.ts'

/** One request of an HTTP API, payload format 2.0, and its answer. */
export type HttpHandler = (
  event: APIGatewayProxyEventV2,
  context: Context,
) => Promise<APIGatewayProxyStructuredResultV2>

/**
 * Wraps a handler in what every HTTP function shares: security headers, and errors as answers. A SyncError is
 * answered with its status and `{ code, hint }`, anything else with 500 and no text.
 * @param middlewares stand around all of that; they see answers as they are sent, and no foreign error
 */
export function createHttpStack(
  handler: HttpHandler,
  telemetry: Telemetry,
  middlewares: MiddlewareObj[] = [],
): HttpHandler {
  return middy(handler, { timeoutEarlyInMillis: 0 })
    .use(middlewares)
    .use(httpSecurityHeaders())
    .use(httpErrorHandler({ logger: false }))
    .onError((request: { error: unknown }) => {
      logRefusal(request.error, telemetry)
      request.error = formatHttpError(request.error)
    })
}

function logRefusal(error: unknown, telemetry: Telemetry): void {
  const { code, status } = toSyncError(error)
  telemetry.log(status >= 500 ? 'error' : 'info', 'request refused', { code })
}

/** In the shape that `@middy/http-error-handler` answers as it is: with a status, and marked as fit to be shown. */
function formatHttpError(error: unknown): object {
  if (!isSyncError(error)) return { statusCode: 500, expose: true }
  const { code, hint, status } = error
  return { statusCode: status, expose: true, message: JSON.stringify({ code, hint }) }
}
