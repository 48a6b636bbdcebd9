import { lstatSync, readdirSync, readlinkSync, realpathSync, type Stats } from 'node:fs'
import { open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { SyncError } from '../../core/errors.ts'
import type { Tree, TreeEntry } from '../../core/files/tree.ts'

/** A local directory as a revision: its names, and its contents on demand. */
export interface DirectoryTree {
  readonly tree: Tree
  /** Contents of files and targets of links. @throws {SyncError} GitFetchTooLarge, PathNotFound */
  readFiles(paths: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
}

/** As many bytes as one object of a Git pack may have. */
const fileSizeLimitBytes = 5 * 1024 * 1024

/**
 * A directory as a tree, confined to it: no link is followed. Directories that are Git repositories of their own
 * count as submodules.
 */
export function createDirectoryTree(root: string): DirectoryTree {
  const base = realpathSync(root)
  return {
    tree: {
      entry: (path) => describeEntry(base, path),
      list: (path) => {
        const isDirectory = describeEntry(base, path)?.kind === 'directory'
        return isDirectory ? readdirSync(join(base, path)).sort(compareBytes) : []
      },
    },
    readFiles: async (paths) => new Map(await Promise.all(paths.map((path) => readOne(base, path)))),
  }
}

/** Looks below directories only, never through a link. */
function describeEntry(base: string, path: string): TreeEntry | null {
  if (path.includes('/') && describeEntry(base, dirname(path))?.kind !== 'directory') return null
  const stats = lstatSync(join(base, path), { throwIfNoEntry: false })
  return stats ? { kind: kindOf(stats, base, path), oid: '' } : null
}

function kindOf(stats: Stats, base: string, path: string): TreeEntry['kind'] {
  if (stats.isFile()) return 'file'
  if (stats.isSymbolicLink()) return 'symlink'
  if (!stats.isDirectory()) return 'other'
  const isRepository = path !== '' && lstatSync(join(base, path, '.git'), { throwIfNoEntry: false })
  return isRepository ? 'submodule' : 'directory'
}

function compareBytes(left: string, right: string): number {
  return Buffer.compare(Buffer.from(left), Buffer.from(right))
}

async function readOne(base: string, path: string): Promise<readonly [string, Uint8Array]> {
  const kind = describeEntry(base, path)?.kind
  if (kind === 'symlink') return [path, readlinkSync(join(base, path), 'buffer')]
  if (kind !== 'file') throw new SyncError('PathNotFound', { data: { path } })
  const file = await open(join(base, path))
  try {
    const { size } = await file.stat()
    if (size > fileSizeLimitBytes)
      throw new SyncError('GitFetchTooLarge', { data: { path, fileSizeLimitBytes } })
    return [path, await file.readFile()]
  } finally {
    await file.close()
  }
}
