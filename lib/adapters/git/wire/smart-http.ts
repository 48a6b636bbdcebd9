import { getCACertificates } from 'node:tls'
import { SyncError } from '../../../core/errors.ts'
import type { GitRemote } from '../../../ports.ts'
import type { Egress, EgressResponse } from '../../egress/egress.ts'
import {
  findCredential,
  formatAuthorization,
  type GitCredential,
  type ReadGitCredential,
} from '../credential.ts'
import { type GitTransport, maxListingBytes, networkCodes } from './transport.ts'

export interface SmartHttpOptions {
  readonly egress: Egress
  readonly readCredential: ReadGitCredential
}

const advertisementPath = '/info/refs?service=git-upload-pack'

/**
 * Git's smart HTTP protocol, through the egress. Credentials go out with the first request, and only below their
 * prefix.
 * @throws {SyncError} GitUnavailable, GitAuthFailed, GitRepositoryNotFound, GitProtocolUnsupported,
 *   GitFetchTooLarge, NotPermitted, EgressForbidden, ProxyUnavailable, ProxyRefused
 * @see https://git-scm.com/docs/gitprotocol-http
 */
export function createSmartHttp({ egress, readCredential }: SmartHttpOptions): GitTransport {
  async function send(remote: GitRemote, exchange: Exchange): Promise<EgressResponse> {
    const credential = await findCredential(remote, readCredential)
    const response = await egress({
      ...exchange,
      codes: networkCodes,
      headers: (url) => ({
        ...(exchange.version === 2 && { 'git-protocol': 'version=2' }),
        ...exchange.headers,
        ...formatAuthorization(credential, remote, url),
        'user-agent': 'git/secret-manager-controller',
      }),
      ...(credential && readTrust(credential)),
    })
    assertAnswer(response, exchange.contentType)
    return response
  }

  return {
    async advertise(remote) {
      const response = await send(remote, {
        method: 'GET',
        url: trimSlashes(remote.url) + advertisementPath,
        version: 2,
        maxBodyBytes: maxListingBytes,
        contentType: 'application/x-git-upload-pack-advertisement',
      })
      return { repositoryUrl: readRepositoryUrl(response), body: response.body }
    },
    async uploadPack(remote, { repositoryUrl, version, body, maxBodyBytes }) {
      const contentType = 'application/x-git-upload-pack-result'
      const response = await send(remote, {
        method: 'POST',
        url: `${repositoryUrl}/git-upload-pack`,
        version,
        headers: { 'content-type': 'application/x-git-upload-pack-request', accept: contentType },
        body: Buffer.from(body),
        maxBodyBytes,
        contentType,
      })
      return response.body
    },
  }
}

interface Exchange {
  readonly method: 'GET' | 'POST'
  readonly url: string
  readonly version: 1 | 2
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array
  readonly maxBodyBytes: number
  /** What the answer must be. */
  readonly contentType: string
}

/** The certificates of a credential are those of the server and of the way to it; the client shows its own to the server. */
function readTrust({ ca: certificates, clientCertificate, proxy }: GitCredential) {
  const ca = certificates === undefined ? {} : { ca: [...getCACertificates(), certificates] }
  return {
    ...ca,
    ...(clientCertificate && { clientCertificate }),
    ...(proxy && { proxy: { ...proxy, ...ca } }),
  }
}

function assertAnswer({ url, status, headers }: EgressResponse, contentType: string): void {
  const data = { url: url.href, status }
  // Azure DevOps answers 203 with a page to log in on.
  if ([401, 403, 203].includes(status)) throw new SyncError('GitAuthFailed', { data })
  if (status === 404 || status === 410) throw new SyncError('GitRepositoryNotFound', { data })
  if (status !== 200) throw new SyncError('GitUnavailable', { data })
  if (headers['content-type'] === contentType) return
  // A page for people comes from a proxy or a maintenance mode; anything else speaks another protocol.
  const isPage = headers['content-type']?.startsWith('text/html')
  throw new SyncError(isPage ? 'GitUnavailable' : 'GitProtocolUnsupported', { data })
}

/** A redirect may lead to another name of the repository, and must lead to its refs. */
function readRepositoryUrl({ url }: EgressResponse): string {
  if (url.href.endsWith(advertisementPath)) return url.href.slice(0, -advertisementPath.length)
  throw new SyncError('GitUnavailable', { data: { redirectedTo: url.href } })
}

function trimSlashes(url: string): string {
  return url.replace(/\/+$/, '')
}
