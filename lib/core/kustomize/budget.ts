import { SyncError } from '../errors.ts'

/**
 * What one build may still hold. Labels, prefixes, patches and aliases multiply by the number of objects; kustomize
 * lets them.
 */
export interface Budget {
  /** @throws {SyncError} KustomizeTooLarge once the sum of a build exceeds its limit */
  spend(bytes: number, file: string): void
}

/** Of nested lists and maps; go-yaml stops at 10,000, manifests stay below 50. */
export const depthLimit = 256

export function createDepthError(file: string): SyncError {
  return new SyncError('KustomizeTooLarge', { data: { file, reason: 'nested too deeply', depthLimit } })
}

/** A budget without a limit. */
export const unlimited: Budget = { spend: () => {} }

export function createBudget(limitBytes: number): Budget {
  let spentBytes = 0
  return {
    spend: (bytes, file) => {
      spentBytes += bytes
      if (spentBytes <= limitBytes) return
      throw new SyncError('KustomizeTooLarge', { data: { file, reason: 'objects', limitBytes } })
    },
  }
}
