import { SyncError } from '../../errors.ts'
import type { Format } from '../sops-format.ts'

/** INI by the grammar of go-ini. */
export const iniFormat: Format = {
  parse() {
    throw new SyncError('SopsFileUnreadable', { data: { format: 'ini' } })
  },
  emit() {
    throw new SyncError('SopsOutputUnsupported', { data: { format: 'ini' } })
  },
  emitValue() {
    throw new SyncError('SopsOutputUnsupported', { data: { format: 'ini' } })
  },
}
