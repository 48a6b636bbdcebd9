import { SyncError } from '../../core/errors.ts'
import type { Tree } from '../../core/files/tree.ts'
import { readCommitTree } from '../../core/git/commit-object.ts'
import { isObjectId, type ObjectType } from '../../core/git/object.ts'
import { createObjectTree } from '../../core/git/object-tree.ts'
import type { RefListing } from '../../core/source/source.ts'
import type { Snapshot } from '../../ports.ts'
import type { RepositoryObjects } from './object-cache.ts'
import type { GitObjects } from './read-pack.ts'
import type { RemoteRepository } from './remote-repository.ts'
import { createSnapshot } from './snapshot.ts'

/** One repository, as one grant sees it; its functions are those of `GitClient`. */
export interface Repository {
  listRefs(): Promise<RefListing>
  open(commit: string): Promise<Snapshot>
}

/** A commit, and what came with it. */
interface Opened {
  readonly commit: string
  readonly tree: Tree
  readonly received: GitObjects
}

/** To how many commits a server is asked to add what is new; enough for the branches of a few environments. */
const maxHaves = 4
const nothing: GitObjects = new Map()

/** Reads a repository and remembers its objects in `objects`, so that nothing unchanged is fetched twice. */
export function createRepository(remote: RemoteRepository, objects: RepositoryObjects): Repository {
  let haves: readonly string[] = []

  function read(oid: string, type: ObjectType, received: GitObjects): Uint8Array | null {
    const object = received.get(oid) ?? objects.get(oid)
    return object?.type === type ? object.bytes : null
  }

  function findTree(commit: string, received: GitObjects): Tree | null {
    const bytes = read(commit, 'commit', received)
    return bytes && createObjectTree(readCommitTree(bytes), (oid) => read(oid, 'tree', received))
  }

  async function fetchCommit(commit: string, known: readonly string[]): Promise<Opened> {
    const received = remember(await remote.fetchCommit(commit, known))
    const tree = findTree(commit, received)
    if (tree) return { commit, tree, received }
    // Something that a known commit leads to is no longer remembered.
    if (known.length > 0) return await fetchCommit(commit, [])
    throw new SyncError('GitDataInvalid', { data: { incomplete: commit } })
  }

  async function readBlobs(
    oids: readonly string[],
    { commit, received }: Opened,
  ): Promise<Map<string, Uint8Array>> {
    const blobs = new Map<string, Uint8Array>()
    const take = (source: GitObjects) => {
      for (const oid of oids) {
        const bytes = blobs.get(oid) ?? read(oid, 'blob', source)
        if (bytes) blobs.set(oid, bytes)
      }
    }
    take(received)
    const missing = oids.filter((oid) => !blobs.has(oid))
    if (missing.length > 0) take(remember(await remote.fetchBlobs(missing, commit)))
    return blobs
  }

  function remember(received: GitObjects): GitObjects {
    objects.add(received)
    return received
  }

  return {
    listRefs: () => remote.listRefs(),
    async open(commit) {
      if (!isObjectId(commit)) throw new SyncError('GitProtocolUnsupported', { data: { commit } })
      const tree = findTree(commit, nothing)
      const opened = tree ? { commit, tree, received: nothing } : await fetchCommit(commit, haves)
      haves = [commit, ...haves.filter((have) => have !== commit)].slice(0, maxHaves)
      return createSnapshot(commit, opened.tree, (oids) => readBlobs(oids, opened))
    },
  }
}
