import type { Format } from '../sops-format.ts'
import { separateSopsKey } from '../sops-key.ts'
import { encodeText } from '../text.ts'
import { listCommentFields } from './comment-fields.ts'
import { formatYaml } from './yaml/emit/format-yaml.ts'
import { parseYaml } from './yaml/parse/parse-yaml.ts'

/**
 * A stream of YAML documents, read and written as go-yaml 3 does.
 * @see https://github.com/getsops/sops/blob/main/stores/yaml/store.go
 */
export const yamlFormat: Format = {
  parse: (bytes) => separateSopsKey(parseYaml(bytes)),
  emit: (branches) => encodeText(formatYaml(branches)),
  emitValue(value) {
    const node = value.type === 'comment' ? listCommentFields(value, ['value', 'inline']) : value
    return encodeText(formatYaml([node]))
  },
}
