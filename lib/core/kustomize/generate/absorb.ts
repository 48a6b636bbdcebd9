import { SyncError } from '../../errors.ts'
import { getMetadataMap, type MetadataText, setMetadataMap } from '../resource/metadata.ts'
import { keepOrigin } from '../resource/origin.ts'
import {
  buildAnnotations,
  copyResource,
  getCurrentId,
  getName,
  getNamespace,
  type Resource,
  setName,
  setNamespace,
} from '../resource/resource.ts'
import { describeId, formatIdKey } from '../resource/resource-id.ts'
import { appendResource, findByAnyId, type ResourceSet, replaceResource } from '../resource/resource-set.ts'
import { clearField, ensureMapping, getField, getText, setFields } from '../yaml/fields.ts'
import { compareUtf8 } from '../yaml/json.ts'
import { isNullish, type Mapping, measureNode } from '../yaml/node.ts'
import { createValue, encodeWrappedBase64 } from './values.ts'

/**
 * Takes in what a generator yields, by its behaviour: as a new object, or in the place of the one whose present or
 * former id it has.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/resmap/reswrangler.go (appendReplaceOrMerge)
 * @throws {SyncError} KustomizeConflict, KustomizeReferenceMissing, ManifestInvalid
 */
export function absorbResource(set: ResourceSet, generated: Resource): void {
  const behavior = getMetadataMap(generated.root, 'annotations').get(buildAnnotations.behavior)?.text ?? ''
  const joins = behavior === 'merge' || behavior === 'replace'
  const id = getCurrentId(generated)
  const data = { id: describeId(id), file: generated.file, behavior }
  set.budget.spend(measureNode(generated.root), generated.file)
  const [former, ...more] = findByAnyId(set, id)
  if (former === undefined) {
    if (joins) throw new SyncError('KustomizeReferenceMissing', { data })
    appendResource(set, generated)
    return
  }
  if (more.length > 0 || !joins) throw new SyncError('KustomizeConflict', { data })
  const isSecret = getText(generated.root, 'apiVersion') === 'v1' && id.kind === 'Secret'
  takeMetadata(generated, former)
  if (behavior === 'merge') keepOrigin(generated, former)
  if (behavior === 'merge') {
    mergeTexts(generated, isSecret ? foldStringData(former) : former, 'data')
    mergeTexts(generated, former, 'binaryData')
  }
  if (formatIdKey(getCurrentId(generated)) !== formatIdKey(getCurrentId(former))) {
    throw new SyncError('KustomizeConflict', { data })
  }
  replaceResource(set, former, generated)
}

/** Name, namespace and record are those of the former; labels and annotations of both, the generated winning. */
function takeMetadata({ root }: Resource, former: Resource): void {
  const labels = getMetadataMap(root, 'labels')
  setMetadataMap(root, 'labels', new Map([...getMetadataMap(former.root, 'labels'), ...labels]))
  const own = getMetadataMap(root, 'annotations')
  const kept = getMetadataMap(former.root, 'annotations')
  const annotations = new Map<string, MetadataText>([...kept, ...own])
  for (const name of Object.values(buildAnnotations)) {
    const text = kept.get(name)
    if (text === undefined) annotations.delete(name)
    else annotations.set(name, text)
  }
  if (!own.has(buildAnnotations.needsHash)) annotations.delete(buildAnnotations.needsHash)
  setMetadataMap(root, 'annotations', annotations)
  setName({ root, file: former.file, opaque: false }, getName(former))
  setNamespace({ root, file: former.file, opaque: false }, getNamespace(former))
}

function mergeTexts(generated: Resource, former: Resource, field: 'data' | 'binaryData'): void {
  const texts = new Map([...readTexts(former, field), ...readTexts(generated, field)])
  clearField(generated.root, field)
  if (texts.size === 0) return
  const map = ensureMapping(generated.root, field)
  const sorted = [...texts].sort(([left], [right]) => compareUtf8(left, right))
  setFields(
    map,
    sorted.map(([name, { text, tainted }]) => ({ name, value: createValue(text, tainted) })),
  )
}

/** The source texts of a map; kustomize would turn a nested value into the empty text. */
function readTexts({ root, file }: Resource, field: string): ReadonlyMap<string, MetadataText> {
  const map = getField(root, field)
  const texts = new Map<string, MetadataText>()
  if (isNullish(map)) return texts
  if (map?.kind !== 'mapping') throw createValueError(file, field, 'map expected')
  for (const { key, value } of map.entries) {
    if (value.kind !== 'scalar') throw createValueError(file, field, 'value that is no text')
    if (isNullish(key)) throw createValueError(file, field, 'null as a key')
    texts.set(key.value, {
      text: isNullish(value) ? '' : value.value,
      tainted: value.tainted,
    })
  }
  return texts
}

/** A copy whose `stringData` is moved into `data`, as the API server does it. */
function foldStringData(resource: Resource): Resource {
  const folded = copyResource(resource)
  const texts = readTexts(folded, 'stringData')
  clearField(folded.root, 'stringData')
  if (texts.size === 0) return folded
  const field = getField(folded.root, 'data')
  // kustomize fails on anything but a map, a null included.
  if (field !== undefined && field.kind !== 'mapping')
    throw createValueError(resource.file, 'data', 'map expected')
  const data: Mapping = ensureMapping(folded.root, 'data')
  setFields(
    data,
    [...texts].map(([name, { text, tainted }]) => ({
      name,
      value: createValue(encodeWrappedBase64(new TextEncoder().encode(text)), tainted),
    })),
  )
  return folded
}

function createValueError(file: string, field: string, reason: string): SyncError {
  return new SyncError('ManifestInvalid', { data: { file, field, reason } })
}
