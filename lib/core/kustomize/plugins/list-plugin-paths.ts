import { parseFileSource } from '../generate/pairs.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../yaml/json.ts'

/**
 * The paths that the configuration of any known plugin names. It judges nothing: what is no path is left out.
 * @throws {SyncError} KustomizationInvalid for a malformed `key=path`
 */
export function listPluginPaths(config: JsonMap): readonly string[] {
  const named = [...listTexts(config.get('path')), ...listTexts(config.get('paths'))]
  const sources = [...listTexts(config.get('files')), ...listTexts(config.get('binaryFiles'))]
  const nested = config.get('secretFrom')
  return [
    ...named,
    ...listTexts(config.get('envs')),
    ...sources.map((source) => parseFileSource(source, { file: '', field: '' }).path),
    ...(isJsonList(nested) ? nested.filter(isJsonMap).flatMap(listPluginPaths) : []),
  ]
}

function listTexts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return isJsonList(value) ? value.filter((part) => typeof part === 'string') : []
}
