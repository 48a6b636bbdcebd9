import { SyncError } from '../../core/errors.ts'
import type { KeyService } from '../../ports.ts'

/** Stands for Huawei Cloud KMS, which is not supported, so that a file which needs it gets told so. */
export function createHuaweiKmsKeyService(): KeyService {
  return {
    kind: 'hckms',
    isGranted: () => true,
    async unwrap(entry) {
      if (entry.kind !== 'hckms') return null
      throw new SyncError('SopsKeyUnsupported', { data: { key: entry.keyId } })
    },
  }
}
