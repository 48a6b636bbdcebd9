import { SyncError } from '../../../core/errors.ts'
import type { GitRemote } from '../../../ports.ts'

/** The requests of `git-upload-pack`, whatever carries them; each function is one request. */
export interface GitTransport {
  /** Asks what the server offers. `repositoryUrl` is where it answered, after redirects. */
  advertise(remote: GitRemote): Promise<{ readonly repositoryUrl: string; readonly body: Uint8Array }>
  /** Sends a request and gives the answer. */
  uploadPack(remote: GitRemote, request: UploadPackRequest): Promise<Uint8Array>
}

export interface UploadPackRequest {
  readonly repositoryUrl: string
  readonly version: 1 | 2
  readonly body: string
  readonly maxBodyBytes: number
}

/** What a list of refs may come to, after decompression. */
export const maxListingBytes = 8 * 1024 * 1024

/** The codes with which failures of the network are reported. */
export const networkCodes = { unavailable: 'GitUnavailable', tooLarge: 'GitFetchTooLarge' } as const

/** Chooses the transport by the scheme of the URL. @throws {SyncError} GitProtocolUnsupported for another scheme */
export function createTransport(http: GitTransport, ssh: GitTransport): GitTransport {
  const transports = new Map([
    ['https:', http],
    ['http:', http],
    ['ssh:', ssh],
  ])

  function choose({ url }: GitRemote): GitTransport {
    const transport = transports.get(URL.parse(url)?.protocol ?? '')
    if (transport) return transport
    throw new SyncError('GitProtocolUnsupported', { data: { url } })
  }

  return {
    advertise: async (remote) => choose(remote).advertise(remote),
    uploadPack: async (remote, request) => choose(remote).uploadPack(remote, request),
  }
}
