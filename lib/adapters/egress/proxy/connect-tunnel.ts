import http from 'node:http'
import https from 'node:https'
import { isIPv6, type Socket } from 'node:net'
import type { TunnelRequest } from './open-tunnel.ts'
import { describeProxyAnswer, formatProxyLogin, type TrustedProxy } from './proxy.ts'

/**
 * Asks an http or https proxy for a tunnel. The request carries the login of the proxy, and nothing of what goes
 * through the tunnel.
 * @throws {SyncError} ProxyUnavailable, ProxyRefused; errors of the network as they come
 * @see https://www.rfc-editor.org/rfc/rfc9110#CONNECT
 */
export function openConnectTunnel({ proxy, host, port, lookup, signal }: TunnelRequest): Promise<Socket> {
  const authority = `${isIPv6(host) ? `[${host}]` : host}:${port}`
  const request = createProxyRequest(proxy, {
    method: 'CONNECT',
    path: authority,
    headers: { host: authority, ...formatProxyLogin(proxy) },
    lookup,
    signal,
    agent: false,
  })
  return new Promise((resolve, reject) => {
    request.once('error', reject)
    request.once('connect', ({ statusCode = 0 }, socket: Socket, head: Buffer) => {
      if (statusCode < 200 || statusCode > 299) {
        socket.destroy()
        return reject(describeProxyAnswer(proxy, statusCode))
      }
      // An SSH server may greet in the same packet.
      if (head.length > 0) socket.unshift(head)
      return resolve(socket)
    })
    request.end()
  })
}

/** A request to the proxy itself. */
export function createProxyRequest(
  { address, ca }: TrustedProxy,
  options: http.RequestOptions,
): http.ClientRequest {
  return address.startsWith('https:')
    ? https.request(address, { ...options, ...(ca && { ca: [...ca] }) })
    : http.request(address, options)
}
