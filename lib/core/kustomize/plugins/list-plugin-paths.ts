import { parseFileSource } from '../generate/pairs.ts'
import { isJsonList, isJsonMap, type Json, type JsonMap } from '../yaml/json.ts'

/** Lists of maps that name files themselves. */
const nestedLists = ['secretFrom', 'replacements'] as const

/**
 * The paths that the configuration of any known plugin names. It judges nothing: what is no path is left out, and
 * with it the text of a patch, which has several lines or a colon.
 * @throws {SyncError} KustomizationInvalid for a malformed `key=path`
 */
export function listPluginPaths(config: JsonMap): readonly string[] {
  const named = [...listTexts(config.get('path')), ...listTexts(config.get('paths'))]
  const sources = [...listTexts(config.get('files')), ...listTexts(config.get('binaryFiles'))]
  const nested = nestedLists.flatMap((field) => listMaps(config.get(field)))
  return [
    ...named.filter((text) => !/[\n:{]/.test(text)),
    ...listTexts(config.get('envs')),
    ...sources.map((source) => parseFileSource(source, { file: '', field: '' }).path),
    ...nested.flatMap(listPluginPaths),
  ]
}

function listMaps(value: Json | undefined): readonly JsonMap[] {
  return isJsonList(value) ? value.filter(isJsonMap) : []
}

function listTexts(value: Json | undefined): readonly string[] {
  if (typeof value === 'string') return [value]
  return isJsonList(value) ? value.filter((part) => typeof part === 'string') : []
}
