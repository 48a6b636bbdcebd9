import { SyncError } from '../../errors.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'

/** Fields that run code or fetch, or that may veto a build; an empty one does nothing. */
const refused = [
  ['helmCharts', 'render the chart in CI and commit what it yields'],
  ['validators', 'run them in CI'],
] as const

/**
 * Refuses by name whatever could change a Secret or ConfigMap and is not supported.
 * @throws {SyncError} KustomizeFieldUnsupported
 */
export function assertSupported(kustomization: Kustomization): void {
  for (const [field, reason] of refused) {
    if ((kustomization[field] ?? []).length > 0) {
      throw new SyncError('KustomizeFieldUnsupported', { data: { file: kustomization.file, field, reason } })
    }
  }
}

/**
 * The order of the output is not ours to keep, but a wrong option fails the build; only that of the top counts.
 * @throws {SyncError} KustomizationInvalid
 */
export function assertSortOptions({ file, sortOptions }: Kustomization): void {
  if (sortOptions === undefined) return
  const { order = '', legacySortOptions } = sortOptions
  const reason =
    order === 'legacy' || order === 'fifo'
      ? 'legacySortOptions with order fifo'
      : 'order other than fifo and legacy'
  if (order === 'legacy' || (order === 'fifo' && legacySortOptions === undefined)) return
  throw new SyncError('KustomizationInvalid', { data: { file, field: 'sortOptions', reason } })
}
