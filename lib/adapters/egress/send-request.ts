import type { ClientRequest, IncomingMessage } from 'node:http'
import { readErrorCode } from './error-code.ts'

/**
 * Sends a request and resolves with the head of its answer. A kept connection may have been closed by the other
 * side, most of all while a container was frozen: such a request goes out again on another one.
 */
export function sendRequest(createRequest: () => ClientRequest, body?: Uint8Array): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = createRequest()
    request.on('response', resolve)
    request.on('error', (error) => {
      const isStale = request.reusedSocket && ['ECONNRESET', 'EPIPE'].includes(readErrorCode(error))
      if (isStale) sendRequest(createRequest, body).then(resolve, reject)
      else reject(error)
    })
    request.end(body)
  })
}
