import { SyncError } from '../../errors.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'

/** Fields that run code or fetch, or that may veto a build; an empty one does nothing. */
const refused = ['helmCharts', 'validators'] as const

/** Fields that can change a Secret or ConfigMap and are not done yet. */
const missing = ['configurations', 'openapi'] as const

/**
 * Refuses by name whatever could change a Secret or ConfigMap and is not supported.
 * @throws {SyncError} KustomizeFieldUnsupported
 */
export function assertSupported(kustomization: Kustomization): void {
  for (const field of [...refused, ...missing]) {
    const value = kustomization[field]
    const size = value === undefined ? 0 : 'length' in value ? value.length : value.size
    if (size > 0) {
      throw new SyncError('KustomizeFieldUnsupported', { data: { file: kustomization.file, field } })
    }
  }
}
