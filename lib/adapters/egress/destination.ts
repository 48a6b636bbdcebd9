import type { LookupAddress } from 'node:dns'
import { lookup } from 'node:dns/promises'
import { isIP, type LookupFunction } from 'node:net'
import { SyncError } from '../../core/errors.ts'
import { classifyAddress } from './address.ts'
import { proxySchemes } from './proxy/proxy.ts'

/** What whoever deploys the service lets it reach beside public addresses over https. */
export interface EgressPolicy {
  /**
   * Hosts that may be on private or loopback addresses: `git.corp.example`, or one port `git.corp.example:8443`. A proxy
   * is listed by its port.
   */
  readonly allowedHosts?: readonly string[]
  /** Embedded mode only: any host may be on loopback. */
  readonly allowLoopback?: boolean
  /** Embedded mode only: http as well as https. */
  readonly allowHttp?: boolean
}

/** What speaks to the destination. */
export type Protocol = 'http' | 'ssh' | 'proxy'

/** Every address of a host name. */
export type ResolveHost = (hostname: string) => Promise<LookupAddress[]>

/**
 * Judges where a URL leads. The `lookup` that it returns resolves the name once, when the socket connects, vets
 * every address and hands over just those: between check and use nothing is resolved again.
 * @throws {SyncError} EgressForbidden at once for the scheme or a literal address, out of `lookup` for a name
 */
export type AssertDestination = (url: URL, protocol: Protocol) => LookupFunction

export function createAssertDestination(
  policy: EgressPolicy,
  resolve: ResolveHost = (hostname) => lookup(hostname, { all: true }),
): AssertDestination {
  const listed = new Set(policy.allowedHosts?.map((host) => host.toLowerCase()))

  const schemes = {
    http: policy.allowHttp ? ['https:', 'http:'] : ['https:'],
    ssh: ['ssh:'],
    proxy: proxySchemes,
  } as const satisfies Record<Protocol, readonly string[]>

  return (url, protocol) => {
    const hostname = readHost(url)
    // A host that is listed for what it serves is no proxy on any of its ports.
    const isListed =
      listed.has(`${hostname}:${readPort(url)}`) || (protocol !== 'proxy' && listed.has(hostname))
    if (!schemes[protocol].some((scheme) => scheme === url.protocol)) throw forbid(url)
    if (isIP(hostname) !== 0) assertAddress(hostname)

    return (name, options, callback) => {
      resolve(name)
        .then((addresses) => {
          for (const { address } of addresses) assertAddress(address)
          if (options.all) return callback(null, addresses)
          const [first] = addresses
          return callback(null, first?.address ?? '', first?.family)
        })
        .catch((error) => callback(error, []))
    }

    function assertAddress(address: string): void {
      const kind = classifyAddress(address)
      if (kind === 'public' || (kind === 'loopback' && policy.allowLoopback)) return
      if (kind === 'forbidden' || !isListed) throw forbid(url)
    }
  }
}

/** The host of a URL as sockets want it. */
export function readHost({ hostname }: URL): string {
  return hostname.replace(/^\[|\]$/g, '')
}

function forbid(url: URL): SyncError {
  return new SyncError('EgressForbidden', { data: { url: url.href } })
}

const defaultPorts: Readonly<Record<string, string>> = {
  'http:': '80',
  'https:': '443',
  'ssh:': '22',
  'socks5:': '1080',
}

/** The port of a URL, that of its scheme where it names none. */
export function readPort({ port, protocol }: URL): number {
  return Number(port || defaultPorts[protocol])
}
