import type { Socket } from 'node:net'
import { type ErrorCode, isSyncError, SyncError } from '../../core/errors.ts'
import {
  createAssertDestination,
  type EgressPolicy,
  type ResolveHost,
  readHost,
  readPort,
} from './destination.ts'
import { readErrorCode } from './error-code.ts'
import { openSocket } from './open-socket.ts'
import { openTunnel } from './proxy/open-tunnel.ts'
import type { TrustedProxy } from './proxy/proxy.ts'

export interface ConnectRequest {
  /** The host and port of an `ssh:` URL; the rest of it is not looked at. */
  readonly url: string
  readonly signal: AbortSignal
  /** What the connection goes through. */
  readonly proxy?: TrustedProxy
  /** The code with which a host that does not answer is reported. */
  readonly unavailable: ErrorCode
}

/**
 * Opens a TCP connection to a host that the policy allows, at the address that was vetted.
 * @throws {SyncError} EgressForbidden, `unavailable`, ProxyUnavailable, ProxyRefused
 */
export type Connect = (request: ConnectRequest) => Promise<Socket>

/** The way out for SSH, under the rules of the egress (design 5.11). */
export function createConnect(policy: EgressPolicy, resolve?: ResolveHost): Connect {
  const assertDestination = createAssertDestination(policy, resolve)

  return async ({ url: text, signal, unavailable, proxy }) => {
    const url = URL.parse(text)
    if (!url) throw new SyncError('EgressForbidden', { data: { url: text } })
    const lookup = assertDestination(url, 'ssh')
    const server = { host: readHost(url), port: readPort(url) }
    if (proxy) {
      const lookupProxy = assertDestination(new URL(proxy.address), 'proxy')
      return await openTunnel({ ...server, proxy, lookup: lookupProxy, signal })
    }
    try {
      return await openSocket({ ...server, lookup, signal })
    } catch (cause) {
      if (isSyncError(cause)) throw cause
      const reason = signal.aborted ? 'TIMEOUT' : readErrorCode(cause)
      throw new SyncError(unavailable, { data: { url: text, reason }, cause })
    }
  }
}
