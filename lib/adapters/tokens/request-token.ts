import { type ErrorCode, SyncError } from '../../core/errors.ts'
import type { Egress } from '../egress/egress.ts'
import { findText, parseJsonAnswer } from './json-answer.ts'

/** What a token service is asked, and where in its answer the token stands. */
export interface TokenRequest {
  readonly url: string
  readonly body: TokenRequestBody
  readonly headers?: Readonly<Record<string, string>>
  readonly tokenPath: readonly string[]
  /** Where the seconds stand that the token is good for. */
  readonly lifetimePath: readonly string[]
  /** The codes with which failures are reported. */
  readonly codes: TokenCodes
}

export interface TokenCodes {
  readonly refused: ErrorCode
  readonly unavailable: ErrorCode
}

export type TokenRequestBody = { readonly form: Readonly<Record<string, string>> } | { readonly json: object }

/** A token and when it ends, in milliseconds of the clock that reads it. */
export interface IssuedToken {
  readonly token: string
  readonly lifetimeMs: number
}

/**
 * Asks for an access token. Of a failure only the status is told: answers may quote what was sent.
 * @throws {SyncError} `codes.refused` (400, 401, 403), `codes.unavailable`, EgressForbidden
 */
export async function requestToken(egress: Egress, request: TokenRequest): Promise<IssuedToken> {
  const { url, body, headers, tokenPath, lifetimePath, codes } = request
  const { type, content } = encodeBody(body)
  const { status, body: answer } = await egress({
    url,
    method: 'POST',
    headers: { ...headers, 'content-type': type },
    body: Buffer.from(content),
    maxBodyBytes: 64 * 1024,
    timeoutMs: 10_000,
    codes: { unavailable: codes.unavailable, tooLarge: codes.unavailable },
  })
  if (status !== 200) throw new SyncError(codeOfStatus(status, codes), { data: { url, status } })
  const json = parseJsonAnswer(answer)
  const token = findText(json, tokenPath)
  if (token === '') {
    throw new SyncError(codes.unavailable, { data: { url, missing: tokenPath.join('.') } })
  }
  return { token, lifetimeMs: Number(findText(json, lifetimePath)) * 1000 }
}

function encodeBody(body: TokenRequestBody): { type: string; content: string } {
  return 'form' in body
    ? { type: 'application/x-www-form-urlencoded', content: new URLSearchParams(body.form).toString() }
    : { type: 'application/json', content: JSON.stringify(body.json) }
}

/** Token services answer 400 to a login that is not, or no longer, known. */
function codeOfStatus(status: number, { refused, unavailable }: TokenCodes): ErrorCode {
  return [400, 401, 403].includes(status) ? refused : unavailable
}
