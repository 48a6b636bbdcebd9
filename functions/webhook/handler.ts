import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { assertNever } from '../../lib/core/errors.ts'
import type { RawDelivery } from '../../lib/core/source/host-event.ts'
import type { ReceivePush } from '../../lib/sync/receive-push.ts'

/** The routes that this function serves. */
export const webhookRouteKeys = ['POST /webhooks/{host}'] as const

/** Answers a Git host: 200 to a ping, 202 with the delivery's hash to a push, 204 to other events. */
export function createWebhookHandler(receivePush: ReceivePush) {
  return async (event: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const reception = await receivePush(event.pathParameters?.['host'] ?? '', readDelivery(event))
    switch (reception.kind) {
      case 'ping':
        return { statusCode: 200 }
      case 'other':
        return { statusCode: 204 }
      case 'push':
        return {
          statusCode: 202,
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify({ delivery: reception.delivery }),
        }
      default:
        return assertNever(reception)
    }
  }
}

/** API Gateway sends bodies of other than text types as base64; the signature is over the bytes. */
function readDelivery({ headers, body = '', isBase64Encoded }: APIGatewayProxyEventV2): RawDelivery {
  return { headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') }
}
