import type { LookupFunction, Socket } from 'node:net'
import { isSyncError, SyncError } from '../../../core/errors.ts'
import { readErrorCode } from '../error-code.ts'
import { openConnectTunnel } from './connect-tunnel.ts'
import type { TrustedProxy } from './proxy.ts'
import { openSocksTunnel } from './socks-tunnel.ts'

export interface TunnelRequest {
  readonly proxy: TrustedProxy
  /** Where the tunnel is to lead; the proxy resolves the name. An IPv6 address has no brackets. */
  readonly host: string
  readonly port: number
  /** Vets the address of the proxy. */
  readonly lookup: LookupFunction
  /** For opening the tunnel; it has no bearing on one that is open. */
  readonly signal: AbortSignal
}

/**
 * A connection through a proxy: what is written to it arrives at `host` and `port`.
 * @throws {SyncError} ProxyUnavailable, ProxyRefused, EgressForbidden
 */
export async function openTunnel(request: TunnelRequest): Promise<Socket> {
  const { proxy, signal } = request
  try {
    const open = proxy.address.startsWith('socks5:') ? openSocksTunnel : openConnectTunnel
    return await open(request)
  } catch (cause) {
    if (isSyncError(cause)) throw cause
    const reason = signal.aborted ? 'TIMEOUT' : readErrorCode(cause)
    throw new SyncError('ProxyUnavailable', { data: { proxy: proxy.address, reason }, cause })
  }
}
