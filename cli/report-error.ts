import { type SyncError, toSyncError } from '../lib/core/errors.ts'
import { escapeControl } from '../lib/core/redact.ts'
import type { Output } from './command.ts'

/** Prints what went wrong and what a person can do about it: the code comes first. */
export function reportError(output: Output, thrown: unknown): SyncError {
  const error = toSyncError(thrown)
  output.note(`${error.code}: ${escapeControl(error.message)}`)
  output.note(`hint: ${error.hint}`)
  return error
}
