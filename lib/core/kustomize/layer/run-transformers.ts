import { SyncError } from '../../errors.ts'
import type { Patch } from '../kustomization/fields.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import { applyJsonPatch } from '../patch/apply-json-patch.ts'
import { allowChanges, applyById, applyByIdStrictly, applyToSelected } from '../patch/apply-merge-patch.ts'
import { parseJsonPatch } from '../patch/json-patch.ts'
import { parsePatch } from '../patch/parse-patch.ts'
import { applyReplacements } from '../replace/apply-replacements.ts'
import { loadReplacements } from '../replace/load-replacements.ts'
import { isOwnKind } from '../resource/own-kind.ts'
import { parseInlineObjects } from '../resource/parse-inline.ts'
import { parseResourceText } from '../resource/parse-resources.ts'
import { getGvk, type Resource } from '../resource/resource.ts'
import type { ResourceSet } from '../resource/resource-set.ts'
import {
  annotationFieldSpecs,
  assertPublicAnnotations,
  labelFieldSpecs,
  listLabelFieldSpecs,
  setTexts,
} from '../transform/metadata-maps.ts'
import { changeNames, nameFieldSpecs } from '../transform/names.ts'
import { changeNamespace, namespaceFieldSpecs } from '../transform/namespace.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import type { YamlSource } from '../yaml/source.ts'
import type { BuildContext, LayerPlace } from './context.ts'

/** One kustomization and where it stands. */
export interface Layer {
  readonly place: LayerPlace
  readonly kustomization: Kustomization
}

/**
 * Runs the transformers of a kustomization in kustomize's order, whatever order its fields have.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/target/kusttarget_configplugin.go
 * @throws {SyncError} what the steps throw
 */
export function runTransformers(context: BuildContext, layer: Layer, set: ResourceSet): void {
  const { kustomization } = layer
  applyByIdStrictly(set, loadMergePatches(context, layer))
  for (const [at, patch] of (kustomization.patches ?? []).entries()) {
    applyPatch(set, loadPatch(context, layer, { patch, field: `patches[${at}]` }), patch)
  }
  changeNamespace(set, {
    namespace: kustomization.namespace ?? '',
    unsetOnly: false,
    fieldSpecs: namespaceFieldSpecs,
  })
  for (const side of ['prefix', 'suffix'] as const) {
    const text = (side === 'prefix' ? kustomization.namePrefix : kustomization.nameSuffix) ?? ''
    if (text !== '') changeNames(set, { side, text, fieldSpecs: nameFieldSpecs })
  }
  setMetadata(layer, set)
  for (const [at, patch] of (kustomization.patchesJson6902 ?? []).entries()) {
    applyTargeted(set, loadPatch(context, layer, { patch, field: `patchesJson6902[${at}]` }), patch)
  }
  const { images = [], replicas = [], replacements = [], file, encrypted } = kustomization
  if (images.length > 0 || replicas.length > 0) markOpaque(set.resources)
  const place = { root: layer.place.root, file, field: 'replacements', encrypted }
  applyReplacements(set, loadReplacements(replacements, context.loader, place))
}

interface PatchText {
  readonly text: string
  readonly file: string
  readonly field: string
  readonly encrypted: boolean
}

/** The text of a patch, inline or from its file; `null` while the file is lacking. */
function loadPatch(
  { loader }: BuildContext,
  { place, kustomization }: Layer,
  entry: { patch: Patch; field: string },
): PatchText | null {
  const { file, encrypted } = kustomization
  const { path = '', patch = '' } = entry.patch
  const inline = patch.trim()
  const referrer = { file, field: entry.field }
  if ((inline === '') === (path === '')) {
    throw new SyncError('KustomizationInvalid', { data: { ...referrer, reason: 'one of patch and path' } })
  }
  if (inline !== '') return { text: inline, encrypted, ...referrer }
  const loaded = loader.load(place.root, path, referrer)
  if (loaded === null) return null
  const source: YamlSource = {
    file: loaded.path,
    code: 'KustomizePatchFailed',
    dialect: 'v3',
    encrypted: loaded.encrypted,
  }
  return {
    text: decodeBytes(loaded.bytes, source),
    file: loaded.path,
    field: entry.field,
    encrypted: loaded.encrypted,
  }
}

function applyPatch(set: ResourceSet, loaded: PatchText | null, patch: Patch): void {
  if (loaded === null) return
  const parsed = parsePatch(loaded.text, { path: loaded.file, encrypted: loaded.encrypted })
  if (parsed.form === 'json') {
    if (patch.target === undefined) {
      const { file, field } = loaded
      throw new SyncError('KustomizationInvalid', {
        data: { file, field, reason: 'JSON patch without target' },
      })
    }
    applyJsonPatch(set, parsed.patch, { target: patch.target, remembersIds: true })
    return
  }
  for (const merge of parsed.patches) allowChanges(merge, patch.options ?? {})
  if (patch.target === undefined) applyById(set, parsed.patches)
  else applyToSelected(set, parsed.patches, patch.target)
}

/** `patchesJson6902`: a named target, operations, and no record of the ids before. */
function applyTargeted(set: ResourceSet, loaded: PatchText | null, patch: Patch): void {
  if (loaded === null) return
  const { file, field, encrypted } = loaded
  const source: YamlSource = { file, code: 'KustomizePatchFailed', dialect: 'v2', encrypted }
  if ((patch.target?.name ?? '') === '' || patch.target === undefined) {
    throw new SyncError('KustomizationInvalid', { data: { file, field, reason: 'target without name' } })
  }
  const parsed = parseJsonPatch(loaded.text, source)
  if (parsed.operations.length === 0) {
    throw new SyncError('KustomizePatchFailed', { data: { file, field, reason: 'patch is empty' } })
  }
  applyJsonPatch(set, parsed, { target: patch.target, remembersIds: false })
}

/** The patches of `patchesStrategicMerge`: each entry is tried as YAML, then as a path. */
function loadMergePatches({ loader }: BuildContext, { place, kustomization }: Layer): readonly Resource[] {
  const { file, encrypted, patchesStrategicMerge = [] } = kustomization
  const patches = patchesStrategicMerge.flatMap((entry, at) => {
    const inline = parseInlineObjects(entry, { file, encrypted })
    if (inline !== null) return inline
    const field = `patchesStrategicMerge[${at}]`
    const loaded = loader.load(place.root, entry, { file, field })
    if (loaded === null) return []
    const source: YamlSource = {
      file: loaded.path,
      code: 'KustomizePatchFailed',
      dialect: 'v3',
      encrypted: loaded.encrypted,
    }
    return parseResourceText(decodeBytes(loaded.bytes, source), source)
  })
  if (patchesStrategicMerge.length > 0 && patches.length === 0 && loader.lacking.size === 0) {
    throw new SyncError('KustomizePatchFailed', {
      data: { file, field: 'patchesStrategicMerge', reason: 'empty' },
    })
  }
  return patches
}

function setMetadata({ kustomization }: Layer, set: ResourceSet): void {
  const { file, labels = [], commonLabels = new Map(), commonAnnotations = new Map() } = kustomization
  for (const [at, label] of labels.entries()) {
    const fieldSpecs = listLabelFieldSpecs(label, { file, field: `labels[${at}].fields` })
    setTexts(set, { texts: label.pairs ?? new Map(), fieldSpecs })
    if (label.includeSelectors === true || label.includeTemplates === true) markOpaque(set.resources)
  }
  setTexts(set, { texts: commonLabels, fieldSpecs: labelFieldSpecs })
  assertPublicAnnotations(commonAnnotations, { file, field: 'commonAnnotations' })
  setTexts(set, { texts: commonAnnotations, fieldSpecs: annotationFieldSpecs })
  if (commonLabels.size > 0 || commonAnnotations.size > 0) markOpaque(set.resources)
}

/** What is done to other kinds beyond their metadata is left out, so that nothing may be copied from there. */
function markOpaque(resources: readonly Resource[]): void {
  for (const resource of resources) if (!isOwnKind(getGvk(resource))) resource.opaque = true
}
