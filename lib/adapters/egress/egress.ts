import type { ClientRequest, IncomingHttpHeaders, IncomingMessage } from 'node:http'
import type https from 'node:https'
import { type ErrorCode, isSyncError, SyncError } from '../../core/errors.ts'
import { createAssertDestination, type EgressPolicy, type ResolveHost } from './destination.ts'
import { readErrorCode } from './error-code.ts'
import { describeProxyAnswer, type TrustedProxy } from './proxy/proxy.ts'
import { createRoutes } from './proxy/routes.ts'
import { receiveBody } from './receive-body.ts'
import { sendRequest } from './send-request.ts'

type Headers = Readonly<Record<string, string>>

/** One request. It must be safe to repeat: it goes out again where a kept connection turns out to be closed. */
export interface EgressRequest {
  readonly url: string
  readonly method: 'GET' | 'PATCH' | 'POST' | 'PUT'
  /** A function is asked anew for every redirect, and may throw to stop it. */
  readonly headers?: Headers | ((url: URL) => Headers)
  readonly body?: Uint8Array
  /** PEM certificates to trust instead of the public ones. */
  readonly ca?: readonly string[]
  /** PEM certificate and key to present. */
  readonly clientCertificate?: { readonly certificate: string; readonly key: string }
  /** The name that the server's certificate is to hold, where it is not that of the URL. */
  readonly serverName?: string
  /** What the request goes through; without one, straight to the server. */
  readonly proxy?: TrustedProxy
  /** What the body of the answer may come to, before and after decompression. */
  readonly maxBodyBytes: number
  /** For the whole exchange, redirects included; a minute unless told. */
  readonly timeoutMs?: number
  /** The codes with which failures are reported. */
  readonly codes: { readonly unavailable: ErrorCode; readonly tooLarge: ErrorCode }
}

/** An answer of any status. */
export interface EgressResponse {
  /** Where it came from, after redirects. */
  readonly url: URL
  readonly status: number
  readonly headers: IncomingHttpHeaders
  readonly body: Uint8Array
}

/**
 * Sends one request to the outside and collects the answer. A GET follows up to three redirects within its origin.
 * @throws {SyncError} EgressForbidden for a destination or a redirect that is not allowed; `codes.unavailable` for
 *   no answer, a late or a broken one; `codes.tooLarge`; ProxyUnavailable, ProxyRefused
 */
export type Egress = (request: EgressRequest) => Promise<EgressResponse>

/** The one way out for everything but the AWS SDK (design 5.11). Keeps connections open between requests. */
export function createEgress(policy: EgressPolicy, resolve?: ResolveHost): Egress {
  const assertDestination = createAssertDestination(policy, resolve)
  const findRoute = createRoutes(assertDestination)

  return async (request) => {
    const signal = AbortSignal.timeout(request.timeoutMs ?? 60_000)
    try {
      return await follow(parseUrl(request.url), 3)
    } catch (cause) {
      if (isSyncError(cause)) throw cause
      const reason = signal.aborted ? 'TIMEOUT' : readErrorCode(cause)
      throw new SyncError(request.codes.unavailable, { data: { url: request.url, reason }, cause })
    }

    async function follow(url: URL, redirectsLeft: number): Promise<EgressResponse> {
      const response = await sendRequest(createRequestTo(url), { body: request.body, signal })
      if (request.proxy && url.protocol === 'http:') assertPassedOn(response, request.proxy)
      const next = request.method === 'GET' ? readRedirect(response, url) : null
      if (next && redirectsLeft > 0) {
        response.destroy()
        return await follow(next, redirectsLeft - 1)
      }
      const limit = { maxBytes: request.maxBodyBytes, tooLarge: request.codes.tooLarge }
      const body = await receiveBody(response, limit)
      return { url, status: response.statusCode ?? 0, headers: response.headers, body }
    }

    function createRequestTo(url: URL): () => ClientRequest {
      const { method, headers = {}, proxy } = request
      const options = {
        method,
        headers: { ...(typeof headers === 'function' ? headers(url) : headers), 'accept-encoding': 'gzip' },
        lookup: assertDestination(url, 'http'),
        signal,
        ...createTlsOptions(request),
      }
      const route = findRoute(proxy)
      return () => route(url, options)
    }
  }
}

/** A proxy answers in the place of a server that it does not let a plain request through to. */
function assertPassedOn(response: IncomingMessage, proxy: TrustedProxy): void {
  if (response.statusCode !== 407) return
  response.destroy()
  throw describeProxyAnswer(proxy, 407)
}

function createTlsOptions({ ca, clientCertificate, serverName }: EgressRequest): https.RequestOptions {
  return {
    ...(ca && { ca: [...ca] }),
    ...(clientCertificate && { cert: clientCertificate.certificate, key: clientCertificate.key }),
    ...(serverName !== undefined && { servername: serverName }),
  }
}

/** `text` without user info, which `node:http` would send by itself. */
function parseUrl(text: string, base?: string): URL {
  if (!URL.canParse(text, base)) throw new SyncError('EgressForbidden', { data: { url: text } })
  const url = new URL(text, base)
  url.username = ''
  url.password = ''
  return url
}

function readRedirect({ statusCode = 0, headers: { location } }: IncomingMessage, url: URL): URL | null {
  if (![301, 302, 303, 307, 308].includes(statusCode) || location === undefined) return null
  const next = parseUrl(location, url.href)
  if (next.origin !== url.origin) throw new SyncError('EgressForbidden', { data: { url: next.href } })
  return next
}
