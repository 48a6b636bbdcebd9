import { SyncError } from '../../../core/errors.ts'
import type { Tree } from '../../../core/files/tree.ts'
import type { Snapshot } from '../../../ports.ts'

/** The contents of blobs, `null` for what the repository does not have. */
export type ReadBlobs = (oids: readonly string[]) => Promise<ReadonlyMap<string, Uint8Array | null>>

const lfsPointer = Buffer.from('version https://git-lfs.github.com/spec/')

/** A commit whose names are known and whose contents are read on demand. */
export function createSnapshot(commit: string, tree: Tree, readBlobs: ReadBlobs): Snapshot {
  return {
    commit,
    tree,
    async readFiles(paths) {
      const oids = new Map(paths.map((path) => [path, findBlob(tree, path)]))
      const blobs = await readBlobs([...new Set(oids.values())])
      return new Map([...oids].map(([path, oid]) => [path, takeContent(blobs, oid, path)]))
    },
  }
}

function findBlob(tree: Tree, path: string): string {
  const entry = tree.entry(path)
  if (entry?.kind === 'submodule') throw new SyncError('GitSubmoduleUnsupported', { data: { path } })
  if (entry?.kind !== 'file' && entry?.kind !== 'symlink')
    throw new SyncError('PathNotFound', { data: { path } })
  return entry.oid
}

function takeContent(blobs: ReadonlyMap<string, Uint8Array | null>, oid: string, path: string): Uint8Array {
  const content = blobs.get(oid)
  if (!content) throw new SyncError('GitDataInvalid', { data: { path, missing: oid } })
  if (lfsPointer.equals(content.subarray(0, lfsPointer.length))) {
    throw new SyncError('GitLfsUnsupported', { data: { path } })
  }
  return content
}
