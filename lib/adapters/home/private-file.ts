import { randomUUID } from 'node:crypto'
import { linkSync, lstatSync, readFileSync, renameSync, type Stats, unlinkSync, writeFileSync } from 'node:fs'
import { SyncError } from '../../core/errors.ts'

const groupAndOthers = 0o077

/**
 * Refuses what belongs to somebody else or what somebody else may open.
 * @throws {SyncError} HomeInvalid
 */
export function assertPrivate(path: string, stats: Stats): void {
  const isOwn = process.getuid === undefined || stats.uid === process.getuid()
  if (!isOwn || (stats.mode & groupAndOthers) !== 0) {
    const mode = (stats.mode & 0o777).toString(8).padStart(4, '0')
    throw new SyncError('HomeInvalid', { data: { path, mode, isOwn } })
  }
}

/**
 * Bytes of a file that only its owner may open; `null` where there is none.
 * @throws {SyncError} HomeInvalid
 */
export function readPrivateFile(path: string): Uint8Array | null {
  const stats = lstatSync(path, { throwIfNoEntry: false })
  if (!stats) return null
  if (!stats.isFile()) throw new SyncError('HomeInvalid', { data: { path } })
  assertPrivate(path, stats)
  return readFileSync(path)
}

/** Writes a file with mode 0600; who reads it sees the old or the new content, never a part. */
export function writePrivateFile(path: string, content: string | Uint8Array): void {
  renameSync(writeBeside(path, content), path)
}

/**
 * Bytes of a file that is made with `create` where it is missing. Two processes that make it at once read the same.
 * @throws {SyncError} HomeInvalid
 */
export function readOrCreatePrivateFile(path: string, create: () => string | Uint8Array): Uint8Array {
  const present = readPrivateFile(path)
  if (present) return present
  const draft = writeBeside(path, create())
  try {
    linkSync(draft, path)
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) {
      throw new SyncError('HomeInvalid', { data: { path }, cause })
    }
  } finally {
    unlinkSync(draft)
  }
  const made = readPrivateFile(path)
  if (!made) throw new SyncError('HomeInvalid', { data: { path } })
  return made
}

function writeBeside(path: string, content: string | Uint8Array): string {
  const draft = `${path}.${randomUUID()}`
  writeFileSync(draft, content, { mode: 0o600, flag: 'wx', flush: true })
  return draft
}
