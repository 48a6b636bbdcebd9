import { parseAdvertisement, type UploadPackFeatures } from '../../../core/git/advertisement.ts'
import { type FetchRequest, formatFetchRequest } from '../../../core/git/fetch-request.ts'
import { parseFetchResponse } from '../../../core/git/fetch-response.ts'
import { formatLsRefsRequest, parseLsRefsResponse } from '../../../core/git/ls-refs.ts'
import type { RefListing } from '../../../core/source/source.ts'
import type { GitRemote } from '../../../ports.ts'
import type { PackLimits } from '../packs/pack-limits.ts'
import { type GitObjects, readPack } from '../packs/read-pack.ts'
import type { FindObject } from '../repository/find-object.ts'
import { type GitTransport, maxListingBytes } from './transport.ts'

/** Where and how a server wants to be asked, as it said at first contact. */
export interface UploadPackServer {
  readonly repositoryUrl: string
  readonly features: UploadPackFeatures
}

/** The conversation with `git-upload-pack`; each function is one request. Errors are those of the transport. */
export interface UploadPack {
  /** First contact. `listing` is `null` where the refs want a request of their own. */
  discover(
    remote: GitRemote,
  ): Promise<{ readonly server: UploadPackServer; readonly listing: RefListing | null }>
  /** The refs of a server of protocol 2. */
  listRefs(remote: GitRemote, server: UploadPackServer): Promise<RefListing>
  /**
   * The objects that the server sends; `null` where it refuses what is wanted.
   * @throws {SyncError} GitFetchTooLarge, GitDataInvalid
   */
  fetch(remote: GitRemote, server: UploadPackServer, request: LimitedFetch): Promise<GitObjects | null>
}

export interface LimitedFetch extends FetchRequest {
  readonly limits: PackLimits
  /** Finds what `haves` lead to. */
  readonly findBase?: FindObject
}

export function createUploadPack(transport: GitTransport): UploadPack {
  return {
    async discover(remote) {
      const { repositoryUrl, body } = await transport.advertise(remote)
      const { features, listing } = parseAdvertisement(body)
      return { server: { repositoryUrl, features }, listing }
    },

    async listRefs(remote, { repositoryUrl, features: { version } }) {
      const body = formatLsRefsRequest()
      const request = { repositoryUrl, version, body, maxBodyBytes: maxListingBytes }
      return parseLsRefsResponse(await transport.uploadPack(remote, request))
    },

    async fetch(remote, { repositoryUrl, features }, { limits, findBase, ...request }) {
      const { version } = features
      const body = formatFetchRequest(request, features)
      // A pack is never much larger than what it holds.
      const maxBodyBytes = limits.maxTotalBytes
      const response = await transport.uploadPack(remote, { repositoryUrl, version, body, maxBodyBytes })
      const pack = parseFetchResponse(response, version)
      return pack && readPack(pack, limits, findBase)
    },
  }
}
