import { type ErrorData, SyncError } from '../../errors.ts'
import type { Budget } from '../budget.ts'

/** Where a text comes from, and what it is called when it is malformed. */
export interface YamlSource {
  readonly file: string
  readonly code: 'KustomizationInvalid' | 'ManifestInvalid' | 'KustomizePatchFailed'
  /** Kustomization files and JSON patches are read by go-yaml v2, all else by v3. */
  readonly dialect: 'v2' | 'v3'
  /** Whether the text was encrypted; every scalar of it that could be a secret is then tainted. */
  readonly encrypted: boolean
  /** What the nodes are charged to; none where the text is known to be small. */
  readonly budget?: Budget
}

/** The error for a malformed text: file and reason, never a quotation. */
export function createSourceError(source: YamlSource, reason: string, data: ErrorData = {}): SyncError {
  return new SyncError(source.code, { data: { file: source.file, reason, ...data } })
}
