import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { GeneratorPlace } from '../generate/pairs.ts'
import { list } from '../kustomization/decoder.ts'
import { type Replacement, type ReplacementEntry, replacement } from '../kustomization/fields.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import { isJsonList } from '../yaml/json.ts'
import type { YamlSource } from '../yaml/source.ts'
import type { LoadedReplacement } from './apply-replacements.ts'

const replacementList = list(replacement)

/**
 * The replacements of a field, those in files of their own included; such a file holds one or a list. What is lacking
 * is left out.
 * @throws {SyncError} KustomizationInvalid; what the loader throws
 */
export function loadReplacements(
  entries: readonly ReplacementEntry[],
  loader: Loader,
  place: GeneratorPlace,
): readonly LoadedReplacement[] {
  const { file, encrypted, field } = place
  return entries.flatMap((entry, at) => {
    const { path = '', ...inline } = entry
    if (path === '') {
      // An empty list is lost on its way to the transformer, where a missing one is an error.
      const { targets = [], ...source } = inline
      return [{ replacement: { ...source, ...(targets.length > 0 && { targets }) }, file, encrypted }]
    }
    const referrer = { file, field: `${field}[${at}].path` }
    if (inline.source !== undefined || (inline.targets ?? []).length > 0) {
      throw new SyncError('KustomizationInvalid', { data: { ...referrer, reason: 'one of path and source' } })
    }
    const loaded = loader.load(place.root, path, referrer)
    if (loaded === null) return []
    const { path: found } = loaded
    const parsed = parseReplacements(loaded.bytes, {
      file: found,
      code: 'KustomizationInvalid',
      dialect: 'v2',
      encrypted: loaded.encrypted,
    })
    return parsed.map((each) => ({ replacement: each, file: found, encrypted: loaded.encrypted }))
  })
}

function parseReplacements(bytes: Uint8Array, source: YamlSource): readonly Replacement[] {
  const root = composeDocument(decodeBytes(bytes, source), source)
  const value = root === null ? null : decodeLegacy(root, source)
  // In a file of their own replacements may hold fields that nobody knows.
  const place = { file: source.file, path: '', lenient: true }
  return isJsonList(value) ? replacementList(value, place) : [replacement(value, place)]
}
