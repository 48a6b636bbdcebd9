import { closeSync, openSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { SyncError } from '../../core/errors.ts'
import type { Home } from './home.ts'

/** The right to be the only process that works with a home. */
export interface HomeLock {
  release(): void
}

const sqliteBusy = 5

/**
 * Takes the lock of a home. It is a lock of the operating system, held through an open transaction: it ends with the
 * process, however that ends.
 * @throws {SyncError} HomeLocked where another holds it
 */
export function lockHome({ path, lockFile }: Pick<Home, 'path' | 'lockFile'>): HomeLock {
  closeSync(openSync(lockFile, 'a', 0o600))
  const db = new DatabaseSync(lockFile, { timeout: 0 })
  try {
    db.exec('BEGIN EXCLUSIVE')
  } catch (cause) {
    db.close()
    const isBusy = cause instanceof Error && 'errcode' in cause && cause.errcode === sqliteBusy
    throw new SyncError(isBusy ? 'HomeLocked' : 'HomeInvalid', { data: { path }, cause })
  }
  return { release: () => db.close() }
}
