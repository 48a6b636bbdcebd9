import { type ErrorCode, type ErrorData, isSyncError } from '../../lib/core/errors.ts'

/** Code and data of the SyncError that `work` throws; `null` where it throws none. */
export function catchError(work: () => unknown): { code: ErrorCode; data: ErrorData } | null {
  try {
    work()
    return null
  } catch (error) {
    if (isSyncError(error)) return { code: error.code, data: error.data }
    throw error
  }
}

/** The code alone. */
export function codeOf(work: () => unknown): ErrorCode | null {
  return catchError(work)?.code ?? null
}
