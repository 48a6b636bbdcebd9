import { type ErrorCode, SyncError } from '../../../core/errors.ts'
import type { Egress } from '../../egress/egress.ts'
import { findText, parseJsonAnswer } from '../../tokens/json-answer.ts'

export interface DecryptRequest {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, string>>
  /** Where in the answer the opened data key stands, and how it is encoded. */
  readonly path: readonly string[]
  readonly decode: (text: string) => Uint8Array | null
}

const codes = {
  unavailable: 'SopsKeyServiceUnavailable',
  tooLarge: 'SopsKeyServiceUnavailable',
} as const

/**
 * Asks a key service over HTTP to decrypt. Of a failure only the status is told: bodies may quote what was sent.
 * @throws {SyncError} SopsKeyAccessDenied (401, 403), SopsKeyUnusable (404, 410), SopsMetadataInvalid (other 4xx),
 *   SopsKeyServiceUnavailable, EgressForbidden
 */
export async function requestDecryption(egress: Egress, request: DecryptRequest): Promise<Uint8Array> {
  const { url, headers, body, path, decode } = request
  const { status, body: answer } = await egress({
    url,
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body: Buffer.from(JSON.stringify(body)),
    maxBodyBytes: 64 * 1024,
    timeoutMs: 10_000,
    codes,
  })
  if (status !== 200) throw new SyncError(codeOfStatus(status), { data: { url, status } })
  const opened = decode(findText(parseJsonAnswer(answer), path))
  if (!opened?.length)
    throw new SyncError('SopsKeyServiceUnavailable', { data: { url, missing: path.join('.') } })
  return opened
}

function codeOfStatus(status: number): ErrorCode {
  if (status === 401 || status === 403) return 'SopsKeyAccessDenied'
  if (status === 404 || status === 410) return 'SopsKeyUnusable'
  const isRefused = status >= 400 && status < 500 && status !== 408 && status !== 429
  return isRefused ? 'SopsMetadataInvalid' : 'SopsKeyServiceUnavailable'
}
