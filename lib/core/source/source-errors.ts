import { SyncError } from '../errors.ts'

/** The error for a field of a source object that is missing or illegal. `problem` never names a value. */
export function sourceInvalid(path: string, problem: string): SyncError {
  return new SyncError('SourceInvalid', { data: { path, problem } })
}

/** The error for a field of a source object that the service does not follow. */
export function sourceUnsupported(path: string, problem: string): SyncError {
  return new SyncError('SourceUnsupported', { data: { path, problem } })
}
