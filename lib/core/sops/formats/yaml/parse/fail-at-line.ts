import { SyncError } from '../../../../errors.ts'

/** The error for text that is not YAML, on a line that counts from 0; it names the line from 1. */
export function failAtLine(line: number): SyncError {
  return new SyncError('SopsFileUnreadable', { data: { line: line + 1 } })
}
