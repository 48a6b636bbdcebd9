import { SyncError } from '../../../core/errors.ts'
import type { Egress } from '../../egress/egress.ts'
import { parseJsonAnswer } from '../../tokens/json-answer.ts'
import { networkCodes } from '../wire/transport.ts'

export interface GithubRequest {
  readonly url: string
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
}

/**
 * The JSON that the API of GitHub answers; `null` where it has no such thing (404). Of another failure only the
 * status is told.
 * @throws {SyncError} GitAuthFailed (4xx), GitUnavailable, EgressForbidden
 */
export async function askGithub(egress: Egress, { url, method, headers }: GithubRequest): Promise<unknown> {
  const answer = await egress({
    url,
    method,
    headers: { ...headers, 'user-agent': 'secret-manager-controller' },
    maxBodyBytes: 256 * 1024,
    timeoutMs: 15_000,
    codes: networkCodes,
  })
  const { status } = answer
  if (status === 404) return null
  if (status >= 200 && status < 300) return parseJsonAnswer(answer.body)
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429
  throw new SyncError(isRefused ? 'GitAuthFailed' : 'GitUnavailable', { data: { url, status } })
}
