import { SyncError } from '../../errors.ts'

/** The error for one field of a config, by its path from the root of the manifest. `problem` never names a value. */
export function configInvalid(path: string, problem: string): SyncError {
  return new SyncError('ConfigInvalid', { data: { path, problem } })
}
