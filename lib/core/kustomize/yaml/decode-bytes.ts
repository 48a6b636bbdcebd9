import { decodeYaml, findIllegal } from '../../yaml/decode-bytes.ts'
import { createSourceError, type YamlSource } from './source.ts'

/**
 * The text of a YAML file without its byte order mark.
 * @throws {SyncError} the code of `source`
 */
export function decodeBytes(bytes: Uint8Array, source: YamlSource): string {
  const text = decodeYaml(bytes)
  if (text === null) throw createSourceError(source, 'text in an unknown encoding')
  if (findIllegal(text) >= 0) throw createSourceError(source, 'control character')
  return text
}
