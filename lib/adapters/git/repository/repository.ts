import { isSyncError, SyncError } from '../../../core/errors.ts'
import type { Tree } from '../../../core/files/tree.ts'
import { isObjectId } from '../../../core/git/object.ts'
import type { RefListing } from '../../../core/source/source.ts'
import type { Snapshot } from '../../../ports.ts'
import type { GitObjects } from '../packs/read-pack.ts'
import { type FindObject, readObject, readTree } from './find-object.ts'
import { createHistory, type History } from './history.ts'
import type { RepositoryObjects } from './object-cache.ts'
import type { KnownObjects, RemoteRepository } from './remote-repository.ts'
import { shareInFlight } from './share-in-flight.ts'
import { createSnapshot } from './snapshot.ts'

/** One repository, as one grant sees it; its functions are those of `GitClient`. */
export interface Repository extends History {
  listRefs(): Promise<RefListing>
  open(commit: string): Promise<Snapshot>
  readCommit(commit: string): Promise<Uint8Array>
}

/** A commit, and where its objects are found. */
interface Opened {
  readonly commit: string
  readonly tree: Tree
  readonly find: FindObject
}

/** On how many commits a server is asked to build; enough for the branches of a few environments. */
const maxHaves = 4

/** Reads a repository and remembers its objects, so that nothing unchanged is fetched twice. */
export function createRepository(remote: RemoteRepository, objects: RepositoryObjects): Repository {
  let haves: readonly string[] = []

  async function load(commit: string): Promise<Opened> {
    if (!isObjectId(commit)) throw new SyncError('GitProtocolUnsupported', { data: { commit } })
    const opened = findCommit(commit, objects.get) ?? (await buildUponHaves(commit)) ?? (await fetch(commit))
    haves = [commit, ...haves.filter((have) => have !== commit)].slice(0, maxHaves)
    return opened
  }

  const share = shareInFlight(load)

  async function open(commit: string): Promise<Snapshot> {
    const opened = await share(commit)
    return createSnapshot(commit, opened.tree, (oids) => readBlobs(opened, oids))
  }

  async function readCommit(commit: string): Promise<Uint8Array> {
    const { find } = await share(commit)
    const bytes = readObject(find, commit, 'commit')
    if (bytes) return bytes
    throw new SyncError('GitDataInvalid', { data: { missing: commit } })
  }

  /** `null` where that takes something that is no longer remembered. */
  async function buildUponHaves(commit: string): Promise<Opened | null> {
    if (haves.length === 0) return null
    try {
      return await fetch(commit, { haves, findBase: objects.get })
    } catch (error) {
      if (isSyncError(error, 'GitDataInvalid')) return null
      throw error
    }
  }

  async function fetch(commit: string, known?: KnownObjects): Promise<Opened> {
    const opened = findCommit(commit, remember(await remote.fetchCommit(commit, known)))
    if (opened) return opened
    throw new SyncError('GitDataInvalid', { data: { incomplete: commit } })
  }

  async function readBlobs({ commit, find }: Opened, oids: readonly string[]) {
    const blobs = new Map(oids.map((oid) => [oid, readObject(find, oid, 'blob')]))
    const missing = oids.filter((oid) => !blobs.get(oid))
    if (missing.length === 0) return blobs
    const findFetched = remember(await remote.fetchBlobs(missing, commit))
    for (const oid of missing) blobs.set(oid, readObject(findFetched, oid, 'blob'))
    return blobs
  }

  /** Keeps what came, as far as there is room; what is returned finds it in any case. */
  function remember(received: GitObjects): FindObject {
    objects.add(received)
    return (oid) => received.get(oid) ?? objects.get(oid)
  }

  return { ...createHistory(remote), listRefs: remote.listRefs, open, readCommit }
}

function findCommit(commit: string, find: FindObject): Opened | null {
  const tree = readTree(find, commit)
  return tree && { commit, tree, find }
}
