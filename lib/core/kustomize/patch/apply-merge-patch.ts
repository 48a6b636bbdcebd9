import { SyncError } from '../../errors.ts'
import type { PatchOptions, Selector } from '../kustomization/fields.ts'
import { formatApiVersion } from '../resource/gvk.ts'
import { getMetadataMap, setMetadataMap } from '../resource/metadata.ts'
import { isOwnKind } from '../resource/own-kind.ts'
import {
  buildAnnotations,
  copyResource,
  getCurrentId,
  getGvk,
  getName,
  getNamespace,
  getOriginalId,
  isEnabled,
  type Resource,
  setKind,
  setName,
  setNamespace,
  storeFormerId,
} from '../resource/resource.ts'
import { describeId, formatIdKey } from '../resource/resource-id.ts'
import {
  assertUniqueIds,
  changeResource,
  dropEmptyResources,
  findUniqueByAnyId,
  forgetIds,
  type ResourceSet,
} from '../resource/resource-set.ts'
import { selectResources } from '../select/select-resources.ts'
import { setField } from '../yaml/fields.ts'
import { createMapping, createScalar, isEmpty, measureNode, type Node } from '../yaml/node.ts'
import { mergeObject } from './strategic-merge.ts'

/** Marks what a patch may change besides contents, where kustomize marks it. */
export function allowChanges(patch: Resource, options: PatchOptions): void {
  const allowed = [
    ...(options.allowNameChange === true ? [buildAnnotations.allowNameChange] : []),
    ...(options.allowKindChange === true ? [buildAnnotations.allowKindChange] : []),
  ]
  if (allowed.length === 0) return
  const annotations = new Map(getMetadataMap(patch.root, 'annotations'))
  for (const name of allowed) annotations.set(name, { text: 'enabled', tainted: false })
  setMetadataMap(patch.root, 'annotations', annotations)
}

/**
 * Applies strategic-merge patches, each to the one resource that has or had the id of the patch.
 * @throws {SyncError} KustomizeReferenceMissing, KustomizeConflict, KustomizePatchFailed
 */
export function applyById(set: ResourceSet, patches: readonly Resource[]): void {
  for (const patch of patches) {
    const target = findTarget(set, patch)
    changeResource(set, target, () => applyMergePatch(target, patch))
  }
  dropEmptyResources(set)
}

/** As {@link applyById}, but nulls in labels and annotations become texts, and ids are checked again. */
export function applyByIdStrictly(set: ResourceSet, patches: readonly Resource[]): void {
  for (const [at, patch] of patches.entries()) {
    const target = findTarget(set, patch)
    changeResource(set, target, () => applyMergePatch(target, fitPatch(patch, target)))
    dropEmptyResources(set)
    // What came before may have made ids the same; these patches cannot.
    if (at === 0) assertUniqueIds(set)
  }
}

/**
 * Applies one patch to every resource that is selected; what it names itself does not matter.
 * @throws {SyncError} KustomizeConflict, KustomizePatchFailed, PatternInvalid
 */
export function applyToSelected(set: ResourceSet, patches: readonly Resource[], target: Selector): void {
  const [patch, ...more] = patches
  if (patch === undefined) return
  if (more.length > 0) {
    throw new SyncError('KustomizePatchFailed', {
      data: { file: patch.file, reason: 'several patches with one target' },
    })
  }
  const selected = selectResources(set, target, patch.file)
  const ids = new Set(selected.map((resource) => formatIdKey(getCurrentId(resource))))
  set.budget.spend(measureNode(patch.root) * selected.length, patch.file)
  // As in kustomize, what an earlier patch has given the same id is patched too.
  for (const resource of set.resources) {
    if (ids.has(formatIdKey(getCurrentId(resource)))) applyMergePatch(resource, fitPatch(patch, resource))
  }
  dropEmptyResources(set)
  forgetIds(set)
  assertUniqueIds(set)
}

function findTarget(set: ResourceSet, patch: Resource): Resource {
  const id = getOriginalId(patch)
  const target = findUniqueByAnyId(set, id)
  const data = { file: patch.file, id: describeId(id) }
  if (target === 'missing') throw new SyncError('KustomizeReferenceMissing', { data })
  if (target === 'ambiguous') throw new SyncError('KustomizeConflict', { data })
  return target
}

/** A copy of the patch with the version of its target, its labels and annotations written anew. */
function fitPatch(patch: Resource, target: Resource): Resource {
  const fitted = copyResource(patch)
  setMetadataMap(fitted.root, 'labels', getMetadataMap(patch.root, 'labels'))
  setMetadataMap(fitted.root, 'annotations', getMetadataMap(patch.root, 'annotations'))
  setApiVersion(fitted, target)
  return fitted
}

function setApiVersion(patch: Resource, target: Resource): void {
  const text = formatApiVersion(getGvk(target))
  setField(patch.root, { name: 'apiVersion', value: createScalar(text) })
}

/** @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/resource/resource.go (ApplySmPatch) */
function applyMergePatch(target: Resource, patch: Resource): void {
  const [name, namespace, gvk] = [getName(target), getNamespace(target), getGvk(target)]
  const changesName = isEnabled(patch, buildAnnotations.allowNameChange)
  const changesKind = isEnabled(patch, buildAnnotations.allowKindChange)
  if (changesName || changesKind) storeFormerId(target)
  const isOwn = isOwnKind(gvk)
  if (!isOwn && hasSequence(patch.root)) target.opaque = true
  const merged = mergeObject(target.root, copyResource(patch).root, { file: patch.file, isOwn })
  target.root = merged ?? createMapping()
  if (isEmpty(target.root)) return
  if (!changesKind) setKind(target, gvk.kind)
  if (!changesName) setName(target, name)
  setNamespace(target, namespace)
}

function hasSequence(node: Node): boolean {
  if (node.kind === 'mapping') return node.entries.some(({ value }) => hasSequence(value))
  return node.kind === 'sequence'
}
