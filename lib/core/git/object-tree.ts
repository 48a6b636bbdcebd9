import type { Tree, TreeEntry } from '../files/tree.ts'
import { type Directory, parseTreeEntries, parseTreeObject } from './tree-object.ts'

/** The raw tree object of an id, `null` where it is not at hand. */
export type ReadTreeObject = (oid: string) => Uint8Array | null

/**
 * The tree below the tree object `root`, whole or not at all: `null` where an object of it is not at hand.
 * @throws {SyncError} GitDataInvalid
 */
export function createObjectTree(root: string, readTreeObject: ReadTreeObject): Tree | null {
  const objects = collectTreeObjects(root, readTreeObject)
  if (!objects) return null
  // A repository may have millions of names, of which a config looks at a few: only those are kept in parsed form.
  const directories = new Map<string, Directory>()

  function readDirectory({ kind, oid }: TreeEntry): Directory | null {
    const bytes = kind === 'directory' ? objects?.get(oid) : undefined
    if (!bytes) return null
    const directory = directories.get(oid) ?? parseTreeObject(bytes)
    directories.set(oid, directory)
    return directory
  }

  function entry(path: string): TreeEntry | null {
    let found: TreeEntry = { kind: 'directory', oid: root }
    for (const name of path === '' ? [] : path.split('/')) {
      const next = readDirectory(found)?.get(name)
      if (!next) return null
      found = next
    }
    return found
  }

  return {
    entry,
    list(path) {
      const found = entry(path)
      const names = found && readDirectory(found)?.keys()
      return [...(names ?? [])].sort((one, other) => Buffer.compare(Buffer.from(one), Buffer.from(other)))
    },
  }
}

/** Each object once, however often a repository repeats it. */
function collectTreeObjects(root: string, readTreeObject: ReadTreeObject): Map<string, Uint8Array> | null {
  const objects = new Map<string, Uint8Array>()
  const pending = [root]
  for (let oid = pending.pop(); oid !== undefined; oid = pending.pop()) {
    if (objects.has(oid)) continue
    const bytes = readTreeObject(oid)
    if (!bytes) return null
    objects.set(oid, bytes)
    for (const [, child] of parseTreeEntries(bytes)) if (child.kind === 'directory') pending.push(child.oid)
  }
  return objects
}
