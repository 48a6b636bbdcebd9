import { SyncError } from '../../core/errors.ts'
import type { RawDelivery } from '../../core/source/host-event.ts'

/**
 * The JSON of a delivery, sent as it is or as the field `payload` of a form.
 * @throws {SyncError} PayloadInvalid for another content type, a compressed body and broken JSON
 */
export function readJsonPayload({ headers, body }: RawDelivery): unknown {
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') throw new SyncError('PayloadInvalid', { data: { header: 'content-encoding' } })
  return parseJson(readText(headers['content-type'], new TextDecoder().decode(body)))
}

function readText(contentType: string | undefined, text: string): string {
  switch (contentType?.split(';', 1)[0]?.trim().toLowerCase()) {
    case 'application/json':
      return text
    case 'application/x-www-form-urlencoded':
      return new URLSearchParams(text).get('payload') ?? ''
    default:
      throw new SyncError('PayloadInvalid', { data: { header: 'content-type' } })
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's message quotes the payload.
    throw new SyncError('PayloadInvalid', { data: { expected: 'JSON' } })
  }
}
