import type { ServerResponse } from 'node:http'
import type { APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
import { toSyncError } from '../../lib/core/errors.ts'

/** Sends what a function has answered. */
export function writeAnswer(response: ServerResponse, answer: APIGatewayProxyStructuredResultV2): void {
  for (const [name, value] of Object.entries(answer.headers ?? {})) response.setHeader(name, String(value))
  response.statusCode = answer.statusCode ?? 200
  response.end(Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8'))
}

/** Sends an error that was met before a function was reached, in the same form as the functions do. */
export function writeRefusal(response: ServerResponse, thrown: unknown): void {
  const { code, hint, status } = toSyncError(thrown)
  writeAnswer(response, {
    statusCode: status,
    headers: { 'Content-Type': 'application/json', 'X-Content-Type-Options': 'nosniff' },
    body: JSON.stringify({ code, hint }),
  })
}
