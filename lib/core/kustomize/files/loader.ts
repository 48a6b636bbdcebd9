import { SyncError } from '../../errors.ts'
import { type LoadedFiles, readContent } from '../../files/loaded-file.ts'
import type { Tree } from '../../files/tree.ts'
import { type Budget, unlimited } from '../budget.ts'
import { type Followed, followPath } from './follow-path.ts'
import { assertLocalReference, directoryOf, isWithin, joinReference, type Referrer } from './references.ts'

/** A file as the build reads it. */
export interface SourceFile {
  readonly path: string
  readonly bytes: Uint8Array
  readonly encrypted: boolean
}

/**
 * The files of one build, confined to the tree. What is not loaded yet is noted and read as `null`; the caller goes
 * on, so that one round names as much as it can.
 */
export interface Loader {
  /** Follows a reference from the directory `root`. */
  locate(root: string, reference: string, referrer: Referrer): Followed
  /** A file that must lie in or below `root`. @throws {SyncError} KustomizeReferenceMissing, KustomizeReferenceOutside */
  load(root: string, reference: string, referrer: Referrer): SourceFile | null
  /** A file anywhere in the tree. */
  loadAnywhere(root: string, reference: string, referrer: Referrer): SourceFile | null
  /** The content at a path that {@link locate} found. */
  read(path: string, referrer: Referrer): SourceFile | null
  /** What whoever reads a file as a tree is charged to. */
  readonly budget: Budget
  /** Counts a path as looked for; of a directory that is all that lies below it. */
  noteRead(path: string): void
  readonly tree: Tree
  readonly lacking: ReadonlySet<string>
  readonly reads: ReadonlySet<string>
}

export interface LoaderInput {
  readonly tree: Tree
  readonly files: LoadedFiles
  /** All bytes that one build may read. */
  readonly bytesLimit: number
  readonly budget?: Budget
}

export function createLoader({ tree, files, bytesLimit, budget = unlimited }: LoaderInput): Loader {
  const lacking = new Set<string>()
  const reads = new Set<string>()
  const read = createReader({ files, bytesLimit }, lacking)

  const reader = {
    tree,
    noteRead: (path: string) => void reads.add(path),
    readLink: (path: string) => {
      const target = read(path, { file: path, field: '' })
      return target === null ? null : new TextDecoder().decode(target.bytes)
    },
  }

  const locate: Loader['locate'] = (root, reference, referrer) => {
    assertLocalReference(reference, referrer)
    return followPath(joinReference(root, reference, referrer), reader, referrer)
  }

  /** The path of the file, or `null` while a link on the way is lacking. */
  const find = (root: string, reference: string, referrer: Referrer): string | null => {
    const found = locate(root, reference, referrer)
    if (found.kind === 'lacking') return null
    if (found.kind === 'file') return found.path
    throw new SyncError('KustomizeReferenceMissing', { data: { ...referrer, path: reference } })
  }

  const loadAnywhere: Loader['loadAnywhere'] = (root, reference, referrer) => {
    const path = find(root, reference, referrer)
    return path === null ? null : read(path, referrer)
  }

  const load: Loader['load'] = (root, reference, referrer) => {
    const path = find(root, reference, referrer)
    if (path === null) return null
    if (isWithin(directoryOf(path), root)) return read(path, referrer)
    throw new SyncError('KustomizeReferenceOutside', { data: { ...referrer, path: reference } })
  }

  return { locate, load, loadAnywhere, read, noteRead: reader.noteRead, tree, budget, lacking, reads }
}

/** Reads each file once; what is not loaded is added to `lacking`. */
function createReader(
  { files, bytesLimit }: Pick<LoaderInput, 'files' | 'bytesLimit'>,
  lacking: Set<string>,
): Loader['read'] {
  const known = new Map<string, SourceFile>()
  let totalBytes = 0
  return (path, referrer) => {
    const found = known.get(path)
    if (found !== undefined) return found
    const file = files.get(path)
    if (file === undefined) {
      lacking.add(path)
      return null
    }
    const bytes = readContent(file)
    totalBytes += bytes.length
    if (totalBytes > bytesLimit) {
      throw new SyncError('KustomizeTooLarge', { data: { ...referrer, bytesLimit } })
    }
    if (isLfsPointer(bytes)) throw new SyncError('GitLfsUnsupported', { data: { ...referrer, path } })
    const source = { path, bytes, encrypted: file.encrypted }
    known.set(path, source)
    return source
  }
}

const lfsStart = new TextEncoder().encode('version https://git-lfs.github.com/spec/')
const gitCryptStart = new TextEncoder().encode('\0GITCRYPT\0')

/** Whether Git holds only a stand-in: an LFS pointer, or a file that git-crypt has encrypted. */
function isLfsPointer(bytes: Uint8Array): boolean {
  return startsWith(bytes, lfsStart) || startsWith(bytes, gitCryptStart)
}

function startsWith(bytes: Uint8Array, start: Uint8Array): boolean {
  return bytes.length >= start.length && start.every((byte, at) => bytes[at] === byte)
}
