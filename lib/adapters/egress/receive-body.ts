import type { IncomingMessage } from 'node:http'
import { type Duplex, PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { type ErrorCode, SyncError } from '../../core/errors.ts'

/** What a body may come to, and the code with which more is reported. */
export interface BodyLimit {
  readonly maxBytes: number
  readonly tooLarge: ErrorCode
}

/**
 * Collects the body of a response, decompressed. The limit holds for what is sent as for what comes out of it, and
 * the connection is cut as soon as either is over.
 * @throws {SyncError} `tooLarge`
 */
export async function receiveBody(response: IncomingMessage, limit: BodyLimit): Promise<Buffer> {
  const chunks: Buffer[] = []
  const limitBytes = createByteLimit(limit)
  const decoder = createDecoder(response.headers['content-encoding'])
  await pipeline(response, limitBytes, decoder, limitBytes, async (body: AsyncIterable<Buffer>) => {
    for await (const chunk of body) chunks.push(chunk)
  })
  return Buffer.concat(chunks)
}

function createByteLimit({ maxBytes, tooLarge }: BodyLimit) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let receivedBytes = 0
    for await (const chunk of source) {
      receivedBytes += chunk.length
      if (receivedBytes > maxBytes) throw new SyncError(tooLarge, { data: { limitBytes: maxBytes } })
      yield chunk
    }
  }
}

/** Requests ask for gzip alone; what else a server sends is left for the caller to find unreadable. */
function createDecoder(encoding: string | undefined): Duplex {
  return encoding === 'gzip' ? createGunzip() : new PassThrough()
}
