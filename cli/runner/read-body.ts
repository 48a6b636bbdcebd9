import type { Readable } from 'node:stream'
import { SyncError } from '../../lib/core/errors.ts'

/**
 * The bytes of a request. What exceeds the limit is read to its end, so that the sender sees the answer, and not kept.
 * @throws {SyncError} PayloadTooLarge
 */
export async function readBody(request: Readable, limitBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let sizeBytes = 0
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length
    if (sizeBytes <= limitBytes) chunks.push(chunk)
    else chunks.length = 0
  }
  if (sizeBytes > limitBytes) throw new SyncError('PayloadTooLarge', { data: { limitBytes } })
  return Buffer.concat(chunks)
}
