import { readdir, readFile, realpath, stat } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { parseManifests } from '../../../core/config/parse/parse-manifests.ts'
import { SyncError } from '../../../core/errors.ts'
import type { FileListing } from '../files/file-source.ts'
import { manifestFilePattern, maximumManifestBytes } from '../files/limits.ts'

type Parsed = ReadonlyMap<string, { readonly stamp: string; readonly listing: FileListing }>

/**
 * Reads every manifest file of a folder, in the order of paths. Hidden files and folders are passed over; links are
 * followed to files within the folder only. What did not change since the last call is not parsed again.
 */
export function createManifestFolder(root: string): () => Promise<readonly FileListing[]> {
  let parsed: Parsed = new Map()
  return async () => {
    const next = new Map<string, { readonly stamp: string; readonly listing: FileListing }>()
    for (const file of await listManifestFiles(root)) {
      next.set(file, await readListing(root, file, parsed))
    }
    parsed = next
    return [...next.values()].map(({ listing }) => listing)
  }
}

/** @throws {SyncError} ManifestUnreadable where there is no such folder */
async function listManifestFiles(root: string): Promise<string[]> {
  try {
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    return entries
      .filter((entry) => !entry.isDirectory() && manifestFilePattern.test(entry.name))
      .map((entry) => relative(root, join(entry.parentPath, entry.name)))
      .filter((file) => !file.split(sep).some((part) => part.startsWith('.')))
      .sort()
  } catch (cause) {
    throw new SyncError('ManifestUnreadable', { data: { path: root }, cause })
  }
}

async function readListing(root: string, file: string, parsed: Parsed) {
  const refuse = (message: string) => ({
    stamp: '',
    listing: { file, manifests: [], problems: [{ file, message }] },
  })
  try {
    const target = await realpath(join(root, file))
    if (!target.startsWith((await realpath(root)) + sep)) return refuse('the link leads out of the folder')
    const found = await stat(target, { bigint: true })
    if (!found.isFile()) return refuse('no regular file')
    if (found.size > maximumManifestBytes) return refuse('larger than 1 MiB')
    const stamp = [target, found.dev, found.ino, found.size, found.mtimeNs, found.ctimeNs].join(' ')
    const known = parsed.get(file)
    if (known?.stamp === stamp) return known
    const text = new TextDecoder('utf-8', { fatal: true }).decode(await readFile(target))
    return { stamp, listing: { file, ...parseManifests(file, text) } }
  } catch {
    return refuse('cannot be read, or is no UTF-8 text')
  }
}
