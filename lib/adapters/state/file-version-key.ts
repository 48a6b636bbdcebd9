import { randomBytes } from 'node:crypto'
import { SyncError } from '../../core/errors.ts'
import type { VersionKey } from '../../ports.ts'
import { readOrCreatePrivateFile } from '../home/private-file.ts'

const keyBytes = 32

/** The key of version ids in a file that only its owner may open; made at the first start. */
export function createFileVersionKey(path: string): VersionKey {
  /** @throws {SyncError} HomeInvalid */
  return async () => {
    const key = readOrCreatePrivateFile(path, () => randomBytes(keyBytes))
    if (key.length !== keyBytes) throw new SyncError('HomeInvalid', { data: { path } })
    return key
  }
}
