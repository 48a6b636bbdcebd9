import type { IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { flushPkt, formatPktLine } from '../../lib/core/git/pkt-line.ts'
import { startHttpServer, type TestServer } from './http-server.ts'

/** One answer; the status is 200 unless told. */
export interface UploadPackAnswer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
}

export interface UploadPackScript {
  /** Answers `info/refs`; an offer of protocol 2 with partial clone unless told. */
  readonly advertise?: (request: IncomingMessage) => UploadPackAnswer
  /** Answers a command of protocol 2; `body` is the request. */
  readonly answer?: (body: string, request: IncomingMessage) => UploadPackAnswer
  readonly scheme?: 'http' | 'https'
}

/** The offer of a server of protocol 2. */
export const protocol2Offer = [
  formatPktLine('# service=git-upload-pack'),
  flushPkt,
  ...['version 2', 'ls-refs', 'fetch=shallow filter', 'object-format=sha1'].map(formatPktLine),
  flushPkt,
].join('')

/** Starts a server that says what a test makes it say, honest or not. */
export function startUploadPackServer(script: UploadPackScript): Promise<TestServer> {
  return startHttpServer(async (request, response) => {
    const isAdvertisement = request.method === 'GET'
    const answer = isAdvertisement
      ? (script.advertise?.(request) ?? { body: protocol2Offer })
      : (script.answer?.(await text(request), request) ?? {})
    const kind = isAdvertisement ? 'advertisement' : 'result'
    const headers = { 'content-type': `application/x-git-upload-pack-${kind}`, ...answer.headers }
    response.writeHead(answer.status ?? 200, headers).end(answer.body)
  }, script.scheme)
}

/** A pack as protocol 2 wraps it. */
export function formatPackAnswer(pack: Uint8Array): Buffer {
  const chunks = [Buffer.from(formatPktLine('packfile'))]
  for (let start = 0; start < pack.length; start += 65_000) {
    const chunk = pack.subarray(start, start + 65_000)
    const length = (chunk.length + 5).toString(16).padStart(4, '0')
    chunks.push(Buffer.from(`${length}\u0001`), Buffer.from(chunk))
  }
  return Buffer.concat([...chunks, Buffer.from(flushPkt)])
}
