import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { GeneratorPlace } from '../generate/pairs.ts'
import { parseInlineObjects } from '../resource/parse-inline.ts'
import { parseResourceText } from '../resource/parse-resources.ts'
import type { Resource } from '../resource/resource.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import type { YamlSource } from '../yaml/source.ts'

/** The text of a patch and where it stands. */
export interface PatchText {
  readonly text: string
  readonly file: string
  readonly field: string
  readonly encrypted: boolean
}

/**
 * The text of a patch, inline or from its file; `null` while the file is lacking.
 * @throws {SyncError} KustomizationInvalid where there is not exactly one of both; what the loader throws
 */
export function loadPatch(
  { path = '', patch = '' }: { path?: string; patch?: string },
  loader: Loader,
  place: GeneratorPlace,
): PatchText | null {
  const { root, encrypted, ...referrer } = place
  const inline = patch.trim()
  if ((inline === '') === (path === '')) {
    throw new SyncError('KustomizationInvalid', {
      data: { file: place.file, field: place.field, reason: 'one of patch and path' },
    })
  }
  if (inline !== '') return { text: inline, file: place.file, field: place.field, encrypted }
  const loaded = loader.load(root, path, referrer)
  if (loaded === null) return null
  const source = sourceOf(loaded.path, loaded.encrypted)
  const text = decodeBytes(loaded.bytes, source)
  return { text, file: loaded.path, field: place.field, encrypted: loaded.encrypted }
}

/**
 * Strategic-merge patches; each entry is tried as YAML, then as a path.
 * @throws {SyncError} KustomizePatchFailed; what the loader throws
 */
export function loadMergePatches(
  entries: readonly string[],
  loader: Loader,
  place: GeneratorPlace,
): readonly Resource[] {
  const { file, encrypted, field } = place
  const patches = entries.flatMap((entry, at) => {
    const inline = parseInlineObjects(entry, { file, encrypted })
    if (inline !== null) return inline
    const loaded = loader.load(place.root, entry, { file, field: `${field}[${at}]` })
    if (loaded === null) return []
    const source = { ...sourceOf(loaded.path, loaded.encrypted), budget: loader.budget }
    return parseResourceText(decodeBytes(loaded.bytes, source), source)
  })
  if (entries.length > 0 && patches.length === 0 && loader.lacking.size === 0) {
    throw new SyncError('KustomizePatchFailed', { data: { file, field, reason: 'empty' } })
  }
  return patches
}

function sourceOf(file: string, encrypted: boolean): YamlSource {
  return { file, code: 'KustomizePatchFailed', dialect: 'v3', encrypted }
}
