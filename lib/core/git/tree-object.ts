import { SyncError } from '../errors.ts'
import type { TreeEntry } from '../files/tree.ts'

/** One directory of a revision: name to entry. */
export type Directory = ReadonlyMap<string, TreeEntry>

const kinds: Readonly<Record<string, TreeEntry['kind']>> = {
  '40000': 'directory',
  '100644': 'file',
  '100664': 'file',
  '100755': 'file',
  '120000': 'symlink',
  '160000': 'submodule',
}

const oidBytes = 20

/**
 * The entries of a tree object, `<octal mode> <name> NUL <20 bytes of id>` each, one by one.
 * @throws {SyncError} GitDataInvalid where it is cut off, or has a name that Git itself refuses
 */
export function* parseTreeEntries(bytes: Uint8Array): Generator<readonly [name: string, entry: TreeEntry]> {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  for (let offset = 0; offset < buffer.length; ) {
    const space = buffer.indexOf(0x20, offset)
    const nul = buffer.indexOf(0, offset)
    const end = nul + 1 + oidBytes
    if (space < 0 || nul < space || end > buffer.length) throw damaged()
    const name = buffer.toString('utf8', space + 1, nul)
    if (!isLegalName(name)) throw damaged()
    const kind = kinds[buffer.toString('latin1', offset, space)] ?? 'other'
    yield [name, { kind, oid: buffer.toString('hex', nul + 1, end) }]
    offset = end
  }
}

/** A tree object by its names. @throws {SyncError} GitDataInvalid, also where it has a name twice */
export function parseTreeObject(bytes: Uint8Array): Directory {
  const directory = new Map<string, TreeEntry>()
  for (const [name, entry] of parseTreeEntries(bytes)) {
    if (directory.has(name)) throw damaged()
    directory.set(name, entry)
  }
  return directory
}

/** @see https://git-scm.com/docs/git-fsck#Documentation/git-fsck.txt-hasDotgit */
function isLegalName(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && name.toLowerCase() !== '.git' && !name.includes('/')
}

function damaged(): SyncError {
  return new SyncError('GitDataInvalid', { data: { part: 'tree' } })
}
