import { SyncError } from '../../errors.ts'
import type { Format } from '../sops-format.ts'
import { encodeText } from '../text.ts'
import { findValue } from '../tree.ts'
import { jsonFormat } from './json.ts'

/** Any bytes, sealed as the string `data` of a JSON object. */
export const binaryFormat: Format = {
  parse: jsonFormat.parse,
  emit(branches) {
    const [branch, ...others] = branches
    const data = branch && findValue(branch, 'data')
    if (others.length === 0 && data?.type === 'str') return encodeText(data.text)
    if (others.length === 0 && data?.type === 'bytes') return data.bytes
    throw new SyncError('SopsOutputUnsupported', { data: { format: 'binary' } })
  },
  emitValue() {
    throw new SyncError('SopsOutputUnsupported', { data: { format: 'binary' } })
  },
}
