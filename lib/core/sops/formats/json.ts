import type { Format } from '../sops-format.ts'
import { separateSopsKey } from '../sops-key.ts'
import { decodeText, encodeText } from '../text.ts'
import { listCommentFields } from './comment-fields.ts'
import { formatJson } from './json/emit.ts'
import { parseJsonObject } from './json/parse.ts'

/**
 * One JSON object.
 * @see https://github.com/getsops/sops/blob/main/stores/json/store.go
 */
export const jsonFormat: Format = {
  parse: (bytes) => separateSopsKey([parseJsonObject(decodeText(bytes))]),
  emit: ([branch]) => encodeText(`${formatJson(branch ?? { type: 'map', items: [] })}\n`),
  emitValue(value) {
    const node = value.type === 'comment' ? listCommentFields(value, ['Value', 'Inline']) : value
    return encodeText(formatJson(node))
  },
}
