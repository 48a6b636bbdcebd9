import type { Socket } from 'node:net'
import { SyncError } from '../../../core/errors.ts'
import { readHost, readPort } from '../destination.ts'
import { openSocket } from '../open-socket.ts'
import type { TunnelRequest } from './open-tunnel.ts'
import type { EgressProxy } from './proxy.ts'

/**
 * Asks a SOCKS 5 proxy for a tunnel.
 * @throws {SyncError} ProxyRefused for whatever goes wrong once the proxy is reached; errors of the network before
 * @see https://www.rfc-editor.org/rfc/rfc1928, https://www.rfc-editor.org/rfc/rfc1929
 */
export async function openSocksTunnel(request: TunnelRequest): Promise<Socket> {
  const { proxy, lookup, signal } = request
  const address = new URL(proxy.address)
  const at = { host: readHost(address), port: readPort(address) }
  return await openSocket({ ...at, lookup, signal }, (socket) => negotiate(socket, request))
}

async function negotiate(socket: Socket, { proxy, host, port, signal }: TunnelRequest): Promise<void> {
  // Of what is bundled as a file of its own, only the default export is there.
  const { SocksClient } = (await import('socks')).default
  const address = new URL(proxy.address)
  const { login } = proxy
  try {
    await SocksClient.createConnection({
      command: 'connect',
      existing_socket: socket,
      proxy: {
        type: 5,
        host: readHost(address),
        port: readPort(address),
        ...(login && { userId: login.username, password: login.password }),
      },
      destination: { host, port },
    })
  } catch (cause) {
    if (signal.aborted) throw cause
    throw describeRefusal(proxy)
  }
}

/** The library tells reasons by words alone, and its errors hold the password: they are dropped. */
function describeRefusal({ address }: EgressProxy): SyncError {
  return new SyncError('ProxyRefused', { data: { proxy: address } })
}
