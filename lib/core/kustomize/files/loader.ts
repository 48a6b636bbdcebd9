import { SyncError } from '../../errors.ts'
import { type LoadedFiles, readContent } from '../../files/loaded-file.ts'
import type { Tree } from '../../files/tree.ts'
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
  readonly lacking: ReadonlySet<string>
  readonly reads: ReadonlySet<string>
}

export interface LoaderInput {
  readonly tree: Tree
  readonly files: LoadedFiles
  /** All bytes that one build may read. */
  readonly bytesLimit: number
}

export function createLoader({ tree, files, bytesLimit }: LoaderInput): Loader {
  const lacking = new Set<string>()
  const reads = new Set<string>()
  const counted = new Set<string>()
  let totalBytes = 0

  const read = (path: string, referrer: Referrer): SourceFile | null => {
    const file = files.get(path)
    if (file === undefined) {
      lacking.add(path)
      return null
    }
    const bytes = readContent(file)
    if (!counted.has(path)) {
      counted.add(path)
      totalBytes += bytes.length
    }
    if (totalBytes > bytesLimit) {
      throw new SyncError('KustomizeTooLarge', { data: { ...referrer, bytesLimit } })
    }
    if (isLfsPointer(bytes)) throw new SyncError('GitLfsUnsupported', { data: { ...referrer, path } })
    return { path, bytes, encrypted: file.encrypted }
  }

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

  const loadAnywhere: Loader['loadAnywhere'] = (root, reference, referrer) => {
    const found = locate(root, reference, referrer)
    if (found.kind === 'lacking') return null
    if (found.kind !== 'file') throw missing(referrer, reference)
    return read(found.path, referrer)
  }

  const load: Loader['load'] = (root, reference, referrer) => {
    const found = locate(root, reference, referrer)
    if (found.kind === 'lacking') return null
    if (found.kind !== 'file') throw missing(referrer, reference)
    if (!isWithin(directoryOf(found.path), root)) {
      throw new SyncError('KustomizeReferenceOutside', { data: { ...referrer, path: reference } })
    }
    return read(found.path, referrer)
  }

  return { locate, load, loadAnywhere, read, lacking, reads }
}

function missing(referrer: Referrer, path: string): SyncError {
  return new SyncError('KustomizeReferenceMissing', { data: { ...referrer, path } })
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
