import { SyncError } from '../../../core/errors.ts'

/** A server that connections go through. What goes through it to an https or ssh URL it cannot read. */
export interface EgressProxy {
  /** Scheme, host and port: `http://proxy.example:3128`. */
  readonly address: string
  readonly login?: { readonly username: string; readonly password: string }
}

/** The schemes of proxies that are spoken to. */
export const proxySchemes = ['http:', 'https:', 'socks5:'] as const

/** A proxy, and PEM certificates to trust where it speaks TLS itself. */
export interface TrustedProxy extends EgressProxy {
  readonly ca?: readonly string[]
}

/** The header that logs in to the proxy, and that goes nowhere else. */
export function formatProxyLogin({ login }: EgressProxy): Readonly<Record<string, string>> {
  if (!login) return {}
  const basic = Buffer.from(`${login.username}:${login.password}`).toString('base64')
  return { 'proxy-authorization': `Basic ${basic}` }
}

/** The error for what a proxy answers in place of a connection: with a 5xx it did not reach the server. */
export function describeProxyAnswer({ address }: EgressProxy, status: number): SyncError {
  const code = status >= 500 ? 'ProxyUnavailable' : 'ProxyRefused'
  return new SyncError(code, { data: { proxy: address, status } })
}
