import type { ClientRequest, IncomingMessage } from 'node:http'
import { readErrorCode } from './error-code.ts'

export interface SendOptions {
  readonly body?: Uint8Array | undefined
  /** The one that the request has, too: by itself the request would wait for its connection before it fails. */
  readonly signal: AbortSignal
}

/**
 * Sends a request and resolves with the head of its answer. A kept connection may have been closed by the other
 * side, most of all while a container was frozen: such a request goes out again on another one.
 */
export function sendRequest(
  createRequest: () => ClientRequest,
  options: SendOptions,
): Promise<IncomingMessage> {
  const { body, signal } = options
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const request = createRequest()
    const giveUp = () => reject(signal.reason)
    signal.addEventListener('abort', giveUp, { once: true })
    request.on('close', () => signal.removeEventListener('abort', giveUp))
    request.on('response', resolve)
    request.on('error', (error) => {
      const isStale = request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(readErrorCode(error))
      if (isStale) sendRequest(createRequest, options).then(resolve, reject)
      else reject(error)
    })
    request.end(body)
  })
}
