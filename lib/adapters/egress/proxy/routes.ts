import http, { type ClientRequest } from 'node:http'
import https, { type RequestOptions } from 'node:https'
import { digestJson } from '../../../core/config/digest.ts'
import type { AssertDestination } from '../destination.ts'
import { createProxyRequest } from './connect-tunnel.ts'
import { formatProxyLogin, type TrustedProxy } from './proxy.ts'
import { type Agents, createTunnelAgents } from './tunnel-agents.ts'

/** Makes a request to a URL that goes one way: straight, or through one proxy. */
export type Route = (url: URL, options: RequestOptions) => ClientRequest

/** How many proxies are remembered, each with its open connections. */
const maxProxies = 64

/**
 * The way through a proxy, or straight where there is none. The address of a proxy is judged like that of a server.
 * @throws {SyncError} (from the closure) EgressForbidden
 */
export function createRoutes(assertDestination: AssertDestination): (proxy?: TrustedProxy) => Route {
  const direct = routeBy({
    http: new http.Agent({ keepAlive: true }),
    https: new https.Agent({ keepAlive: true }),
  })
  const routes = new Map<string, Route>()

  return (proxy) => {
    if (!proxy) return direct
    const key = digestJson(proxy)
    const route = routes.get(key) ?? createProxyRoute(proxy, assertDestination)
    routes.delete(key)
    routes.set(key, route)
    const [oldest = key] = routes.keys()
    if (routes.size > maxProxies) routes.delete(oldest)
    return route
  }
}

function createProxyRoute(proxy: TrustedProxy, assertDestination: AssertDestination): Route {
  const lookup = assertDestination(new URL(proxy.address), 'proxy')
  const throughTunnel = routeBy(createTunnelAgents(proxy, lookup))
  const login = formatProxyLogin(proxy)
  return (url, options) => {
    if (url.protocol === 'https:' || proxy.address.startsWith('socks5:')) return throughTunnel(url, options)
    const { method, signal, headers } = options
    return createProxyRequest(proxy, {
      method,
      signal,
      // The whole URL tells the proxy where to send the request on. A certificate for the server is not for the proxy.
      path: url.href,
      headers: { ...headers, host: url.host, ...login },
      lookup,
    })
  }
}

function routeBy(agents: Agents): Route {
  return (url, options) =>
    url.protocol === 'https:'
      ? https.request(url, { ...options, agent: agents.https })
      : http.request(url, { ...options, agent: agents.http })
}
