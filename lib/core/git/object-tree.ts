import type { Tree, TreeEntry } from '../files/tree.ts'
import { type Directory, parseTreeObject } from './tree-object.ts'

/** The raw tree object of an id, `null` where it is not here. */
export type ReadTreeObject = (oid: string) => Uint8Array | null

/**
 * The tree below the tree object `root`, whole or not at all: `null` where an object of it is not here.
 * @throws {SyncError} GitDataInvalid
 */
export function createObjectTree(root: string, readTreeObject: ReadTreeObject): Tree | null {
  const directories = collectDirectories(root, readTreeObject)
  if (!directories) return null

  function entry(path: string): TreeEntry | null {
    let found: TreeEntry = { kind: 'directory', oid: root }
    for (const name of path === '' ? [] : path.split('/')) {
      const next = found.kind === 'directory' ? directories?.get(found.oid)?.get(name) : undefined
      if (!next) return null
      found = next
    }
    return found
  }

  return {
    entry,
    list(path) {
      const found = entry(path)
      const names = found?.kind === 'directory' ? directories.get(found.oid)?.keys() : undefined
      return [...(names ?? [])].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    },
  }
}

/** Each object once, however often a repository repeats it. */
function collectDirectories(root: string, readTreeObject: ReadTreeObject): Map<string, Directory> | null {
  const directories = new Map<string, Directory>()
  const pending = [root]
  for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
    if (directories.has(oid)) continue
    const bytes = readTreeObject(oid)
    if (!bytes) return null
    const directory = parseTreeObject(bytes)
    directories.set(oid, directory)
    for (const child of directory.values()) if (child.kind === 'directory') pending.push(child.oid)
  }
  return directories
}
