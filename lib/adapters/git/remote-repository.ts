import { SyncError } from '../../core/errors.ts'
import type { FetchRequest } from '../../core/git/fetch-request.ts'
import type { RefListing } from '../../core/source/source.ts'
import type { GitRemote } from '../../ports.ts'
import type { PackLimits } from './pack-limits.ts'
import type { GitObjects } from './read-pack.ts'
import type { UploadPack, UploadPackServer } from './upload-pack.ts'

/** A repository as its server lets it be read: each function is one request, or two at first contact. */
export interface RemoteRepository {
  listRefs(): Promise<RefListing>
  /**
   * The commit without its history: its trees, and its blobs too where the server cannot leave them out. What
   * `haves` lead to is not sent again.
   * @throws {SyncError} GitRefNotFound
   */
  fetchCommit(commit: string, haves: readonly string[]): Promise<GitObjects>
  /** These blobs of `commit`; a server that cannot pick sends the whole commit. */
  fetchBlobs(oids: readonly string[], commit: string): Promise<GitObjects>
}

export interface RepositoryLimits {
  /** For trees, and for the blobs of an overlay. */
  readonly partial: PackLimits
  /** For everything in a commit. */
  readonly clone: PackLimits
}

export interface RemoteRepositoryOptions {
  readonly remote: GitRemote
  readonly uploadPack: UploadPack
  readonly limits: RepositoryLimits
}

export function createRemoteRepository({
  remote,
  uploadPack,
  limits,
}: RemoteRepositoryOptions): RemoteRepository {
  let server: UploadPackServer | null = null

  /** One request; a server that failed is asked anew what it offers. */
  async function ask<Answer>(request: (known: UploadPackServer) => Promise<Answer>): Promise<Answer> {
    server ??= (await uploadPack.discover(remote)).server
    try {
      return await request(server)
    } catch (error) {
      server = null
      throw error
    }
  }

  async function fetch(request: FetchRequest, known: UploadPackServer): Promise<GitObjects> {
    const limit = isPartial(known) ? limits.partial : limits.clone
    const objects = await uploadPack.fetch(remote, known, { ...request, limits: limit })
    if (objects) return objects
    throw new SyncError('GitRefNotFound', { data: { url: remote.url, wants: request.wants } })
  }

  return {
    async listRefs() {
      if (server?.features.version === 2) return await ask((known) => uploadPack.listRefs(remote, known))
      const contact = await uploadPack.discover(remote)
      server = contact.server
      return contact.listing ?? (await ask((known) => uploadPack.listRefs(remote, known)))
    },
    fetchCommit: (commit, haves) =>
      ask((known) => fetch({ wants: [commit], haves, shallow: true, withoutBlobs: isPartial(known) }, known)),
    fetchBlobs: (oids, commit) =>
      ask((known) => fetch(isPartial(known) ? { wants: oids } : { wants: [commit], shallow: true }, known)),
  }
}

/** Whether blobs can be left out at first and be asked for one by one later. */
function isPartial({ features }: UploadPackServer): boolean {
  return features.filter && features.anyObject
}
