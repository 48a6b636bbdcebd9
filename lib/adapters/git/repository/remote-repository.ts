import { SyncError } from '../../../core/errors.ts'
import type { RefListing } from '../../../core/source/source.ts'
import type { GitRemote } from '../../../ports.ts'
import type { PackLimits } from '../packs/pack-limits.ts'
import type { GitObjects } from '../packs/read-pack.ts'
import type { UploadPack, UploadPackServer } from '../wire/upload-pack.ts'
import type { FindObject } from './find-object.ts'

/** A repository as its server lets it be read: each function is one request, or two at first contact. */
export interface RemoteRepository {
  listRefs(): Promise<RefListing>
  /**
   * The commit without its history: its trees, and its blobs too where the server cannot leave them out.
   * @throws {SyncError} GitRefNotFound
   */
  fetchCommit(commit: string, known?: KnownObjects): Promise<GitObjects>
  /**
   * The commits that lead to `wants` and not to `haves`, as far as the server knows these. Servers that cannot leave
   * trees out send what changed as well.
   * @throws {SyncError} GitRefNotFound
   */
  fetchCommits(wants: readonly string[], haves: readonly string[]): Promise<GitObjects>
  /** Those of these blobs of `commit` that the server has; one that cannot pick sends the whole commit. */
  fetchBlobs(oids: readonly string[], commit: string): Promise<GitObjects>
}

/** What need not be sent again. */
export interface KnownObjects {
  readonly haves: readonly string[]
  readonly findBase: FindObject
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
  let contact: UploadPackServer | null = null

  /** One request; a server that failed is asked anew what it offers. */
  async function ask<Answer>(request: (server: UploadPackServer) => Promise<Answer>): Promise<Answer> {
    contact ??= (await uploadPack.discover(remote)).server
    try {
      return await request(contact)
    } catch (error) {
      contact = null
      throw error
    }
  }

  return {
    async listRefs() {
      const list = () => ask((server) => uploadPack.listRefs(remote, server))
      if (contact?.features.version === 2) return await list()
      const { server, listing } = await uploadPack.discover(remote)
      contact = server
      return listing ?? (await list())
    },

    async fetchCommit(commit, known) {
      const objects = await ask((server) => {
        const scope = isPartial(server)
          ? { withoutBlobs: true, limits: limits.partial }
          : { limits: limits.clone }
        return uploadPack.fetch(remote, server, { wants: [commit], shallow: true, ...known, ...scope })
      })
      if (objects) return objects
      throw new SyncError('GitRefNotFound', { data: { url: remote.url, commit } })
    },

    async fetchCommits(wants, haves) {
      const objects = await ask((server) => {
        const scope = { limits: server.features.filter ? limits.partial : limits.clone }
        return uploadPack.fetch(remote, server, { wants, haves, commitsOnly: true, ...scope })
      })
      if (objects) return objects
      throw new SyncError('GitRefNotFound', { data: { url: remote.url, commit: wants[0] ?? '' } })
    },

    async fetchBlobs(oids, commit) {
      const objects = await ask((server) =>
        uploadPack.fetch(
          remote,
          server,
          isPartial(server)
            ? { wants: oids, limits: limits.partial }
            : { wants: [commit], shallow: true, limits: limits.clone },
        ),
      )
      return objects ?? new Map()
    },
  }
}

/** Whether blobs can be left out at first and be asked for one by one later. */
function isPartial({ features }: UploadPackServer): boolean {
  return features.filter && features.anyObject
}
