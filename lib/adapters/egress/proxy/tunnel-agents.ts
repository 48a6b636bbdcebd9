import http from 'node:http'
import https from 'node:https'
import type { LookupFunction, Socket } from 'node:net'
import { Duplex } from 'node:stream'
import tls, { type ConnectionOptions } from 'node:tls'
import { openTunnel } from './open-tunnel.ts'
import type { TrustedProxy } from './proxy.ts'

/** What keeps connections for the next request, by the scheme of its URL. */
export interface Agents {
  readonly http: http.Agent
  readonly https: https.Agent
}

const timeoutMs = 30_000

/**
 * Agents whose connections go through one proxy.
 * @param lookup vets the address of the proxy
 */
export function createTunnelAgents(proxy: TrustedProxy, lookup: LookupFunction): Agents {
  const agents = { http: new http.Agent({ keepAlive: true }), https: new https.Agent({ keepAlive: true }) }
  const connectBy =
    (wrap: (socket: Socket, options: ConnectionOptions) => Duplex) =>
    (options: ConnectionOptions, callback?: (error: Error | null, socket: Duplex) => void) => {
      const { host = '', port } = options
      const signal = AbortSignal.timeout(timeoutMs)
      openTunnel({ proxy, host, port: Number(port), lookup, signal }).then(
        (socket) => callback?.(null, wrap(socket, options)),
        // Beside an error the stream is not looked at, though the type wants one.
        (error: Error) => callback?.(error, new Duplex()),
      )
      return undefined
    }
  agents.http.createConnection = connectBy((socket) => socket)
  // TLS begins in the tunnel: the proxy sees neither what is sent nor the certificate of the client.
  agents.https.createConnection = connectBy((socket, options) => tls.connect({ ...options, socket }))
  return agents
}
