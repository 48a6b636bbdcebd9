import { SyncError } from '../../../core/errors.ts'

/** What a pack may come to. Sizes are those of inflated entries and of the objects that deltas announce. */
export interface PackLimits {
  readonly maxObjects: number
  readonly maxObjectBytes: number
  readonly maxTotalBytes: number
  readonly maxDeltaDepth: number
}

/** A configuration repository is far below (design 5.4). */
export const defaultPackLimits: PackLimits = {
  maxObjects: 100_000,
  maxObjectBytes: 5 * 1024 * 1024,
  maxTotalBytes: 64 * 1024 * 1024,
  maxDeltaDepth: 50,
}

/** Counts what one pack announces. Each function throws as soon as a limit is passed: {SyncError} GitFetchTooLarge. */
export function createPackBudget(limits: PackLimits) {
  let totalBytes = 0

  function assertWithin(limit: keyof PackLimits, actual: number): void {
    if (actual <= limits[limit]) return
    throw new SyncError('GitFetchTooLarge', { data: { limit, allowed: limits[limit], actual } })
  }

  return {
    assertObjectCount: (count: number) => assertWithin('maxObjects', count),
    assertDeltaDepth: (depth: number) => assertWithin('maxDeltaDepth', depth),
    spend(sizeBytes: number): void {
      totalBytes += sizeBytes
      assertWithin('maxObjectBytes', sizeBytes)
      assertWithin('maxTotalBytes', totalBytes)
    },
  }
}
