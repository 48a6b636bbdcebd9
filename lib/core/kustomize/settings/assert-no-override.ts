import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import { isJsonMap, type Json } from '../yaml/json.ts'

/** What Argo CD takes from the Application whatever the files say. */
const ignored = new Set(['repoURL', 'path', 'targetRevision', 'chart'])
/** What bears on no Secret; Image Updater writes it. */
const harmless = new Set(['images', 'replicas'])

/**
 * Files in the directory of an Application whose content Argo CD merges into its source. They may name images.
 * @see https://github.com/argoproj/argo-cd/blob/v3.1.0/reposerver/repository/repository.go (mergeSourceParameters)
 * @throws {SyncError} KustomizeFieldUnsupported, ManifestInvalid; what the loader throws
 */
export function assertNoOverride(loader: Loader, root: string, names: readonly string[]): void {
  for (const name of names) {
    const path = root === '' ? name : `${root}/${name}`
    loader.noteRead(path)
    const kind = loader.tree.entry(path)?.kind
    if (kind !== 'file' && kind !== 'symlink') continue
    const file = loader.loadAnywhere(root, name, { file: path, field: '' })
    if (file === null) continue
    const source = { file: path, code: 'ManifestInvalid', dialect: 'v2', encrypted: file.encrypted } as const
    const document = composeDocument(decodeBytes(file.bytes, source), source)
    const field = document === null ? null : findField(decodeLegacy(document, source))
    if (field === null) continue
    const reason = 'file that overrides an Application; put it into the Application'
    throw new SyncError('KustomizeFieldUnsupported', { data: { file: path, field, reason } })
  }
}

/** A field that could change a Secret. */
function findField(value: Json): string | null {
  if (!isJsonMap(value)) return value === null ? null : '(root)'
  for (const [field, part] of value) {
    if (ignored.has(field)) continue
    if (field !== 'kustomize' || !isJsonMap(part)) return field
    const inner = [...part.keys()].find((key) => !harmless.has(key))
    if (inner !== undefined) return `kustomize.${inner}`
  }
  return null
}
