import { SyncError } from '../../errors.ts'
import type { Patch, Selector } from '../kustomization/fields.ts'
import type { ResourceSet } from '../resource/resource-set.ts'
import type { YamlSource } from '../yaml/source.ts'
import { applyJsonPatch } from './apply-json-patch.ts'
import { allowChanges, applyById, applyToSelected } from './apply-merge-patch.ts'
import { parseJsonPatch } from './json-patch.ts'
import type { PatchText } from './load-patch.ts'
import { parsePatch } from './parse-patch.ts'

/**
 * An entry of `patches`: a strategic merge or operations, whichever the text is.
 * @throws {SyncError} KustomizationInvalid, KustomizePatchFailed, and what the patch throws
 */
export function applyPatch(
  set: ResourceSet,
  loaded: PatchText,
  { target, options = {} }: Pick<Patch, 'target' | 'options'>,
): void {
  const parsed = parsePatch(loaded.text, {
    path: loaded.file,
    encrypted: loaded.encrypted,
    budget: set.budget,
  })
  if (parsed.form === 'json') {
    if (target === undefined) throw invalid(loaded, 'JSON patch without target')
    applyJsonPatch(set, parsed.patch, { target, remembersIds: true })
    return
  }
  for (const merge of parsed.patches) allowChanges(merge, options)
  if (target === undefined) applyById(set, parsed.patches)
  else applyToSelected(set, parsed.patches, target)
}

/**
 * An entry of `patchesJson6902`: a named target, operations, and no record of the ids before.
 * @throws {SyncError} KustomizationInvalid, KustomizePatchFailed, and what the patch throws
 */
export function applyOperationsTo(set: ResourceSet, loaded: PatchText, target: Selector | undefined): void {
  const { file, field, encrypted } = loaded
  const source: YamlSource = {
    file,
    code: 'KustomizePatchFailed',
    dialect: 'v2',
    encrypted,
    budget: set.budget,
  }
  if (target === undefined || (target.name ?? '') === '') throw invalid(loaded, 'target without name')
  const parsed = parseJsonPatch(loaded.text, source)
  if (parsed.operations.length === 0) {
    throw new SyncError('KustomizePatchFailed', { data: { file, field, reason: 'patch is empty' } })
  }
  applyJsonPatch(set, parsed, { target, remembersIds: false })
}

function invalid({ file, field }: PatchText, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file, field, reason } })
}
