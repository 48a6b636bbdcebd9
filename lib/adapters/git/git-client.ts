import { digestJson } from '../../core/config/digest.ts'
import type { GitClient, GitRemote } from '../../ports.ts'
import { defaultPackLimits } from './packs/pack-limits.ts'
import { createObjectCache } from './repository/object-cache.ts'
import { createRemoteRepository } from './repository/remote-repository.ts'
import { createRepository, type Repository } from './repository/repository.ts'
import { createSshTransport, type SshTransportOptions } from './ssh/ssh-transport.ts'
import { createSmartHttp, type SmartHttpOptions } from './wire/smart-http.ts'
import { createTransport } from './wire/transport.ts'
import { createUploadPack } from './wire/upload-pack.ts'

export interface GitClientOptions extends SmartHttpOptions, SshTransportOptions {
  /** Memory for objects that are kept from one look at a repository to the next. */
  readonly cacheBytes?: number
  /** What a commit may come to where the server cannot leave blobs out; an eighth of the memory is a good choice. */
  readonly maxCloneBytes?: number
}

const defaultCacheBytes = 64 * 1024 * 1024
/** How many repositories are remembered; beside its objects each costs little. */
const maxRepositories = 256

/**
 * Reads repositories over smart HTTP and SSH, in memory alone. What is remembered of a repository is kept apart by the
 * credentials that it was read with.
 */
export function createGitClient(options: GitClientOptions): GitClient {
  const uploadPack = createUploadPack(createTransport(createSmartHttp(options), createSshTransport(options)))
  const cache = createObjectCache(options.cacheBytes ?? defaultCacheBytes)
  const clone = {
    ...defaultPackLimits,
    maxTotalBytes: options.maxCloneBytes ?? defaultPackLimits.maxTotalBytes,
  }
  const limits = { partial: defaultPackLimits, clone }
  const repositories = new Map<string, Repository>()

  function find(remote: GitRemote): Repository {
    const key = formatKey(remote)
    const known =
      repositories.get(key) ??
      createRepository(createRemoteRepository({ remote, uploadPack, limits }), cache(key))
    repositories.delete(key)
    repositories.set(key, known)
    const [oldest = key] = repositories.keys()
    if (repositories.size > maxRepositories) repositories.delete(oldest)
    return known
  }

  return {
    listRefs: (remote) => find(remote).listRefs(),
    open: (remote, commit) => find(remote).open(commit),
    readCommit: (remote, commit) => find(remote).readCommit(commit),
    expandCommit: (remote, abbreviation, listing) => find(remote).expandCommit(abbreviation, listing),
    isAncestor: (remote, ancestor, commit) => find(remote).isAncestor(ancestor, commit),
  }
}

/** Two remotes share what is remembered only if URL and grant are the same. */
function formatKey({ url, credentials }: GitRemote): string {
  return digestJson([url, credentials])
}
