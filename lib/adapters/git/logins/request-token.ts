import { SyncError } from '../../../core/errors.ts'
import type { Egress } from '../../egress/egress.ts'
import { networkCodes } from '../wire/transport.ts'

export interface TokenRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body?: Uint8Array
}

/**
 * The JSON object in the answer of a service that gives out tokens; `null` where it has no such thing (404). Of
 * another failure only the status is told.
 * @throws {SyncError} GitAuthFailed (4xx), GitUnavailable, EgressForbidden
 */
export async function requestToken(
  egress: Egress,
  { url, method, headers, body }: TokenRequest,
): Promise<Readonly<Record<string, unknown>> | null> {
  const answer = await egress({
    url,
    method,
    headers: { ...headers, 'user-agent': 'secret-manager-controller' },
    ...(body && { body }),
    maxBodyBytes: 256 * 1024,
    timeoutMs: 15_000,
    codes: networkCodes,
  })
  const { status } = answer
  if (status === 404) return null
  if (status >= 200 && status < 300) return parseObject(answer.body)
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429
  throw new SyncError(isRefused ? 'GitAuthFailed' : 'GitUnavailable', { data: { url, status } })
}

/** An empty object where the answer is no JSON object; what the parser says would quote it. */
function parseObject(body: Uint8Array): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
