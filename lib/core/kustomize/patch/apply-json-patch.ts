import { SyncError } from '../../errors.ts'
import type { Budget } from '../budget.ts'
import type { Selector } from '../kustomization/fields.ts'
import { getMetadataMap, type MetadataMap, setMetadataMap } from '../resource/metadata.ts'
import { isInternalAnnotation, type Resource, storeFormerId } from '../resource/resource.ts'
import { dropEmptyResources, forgetIds, type ResourceSet } from '../resource/resource-set.ts'
import { selectResources } from '../select/select-resources.ts'
import { decodeObject } from '../yaml/decode.ts'
import { createDocumentMap, formatTree } from './json-document.ts'
import { applyOperations, type JsonPatch } from './json-patch.ts'

export interface JsonPatchOptions {
  readonly target: Selector
  /** Whether the ids before the patch are remembered; `patchesJson6902` does not. */
  readonly remembersIds: boolean
}

/**
 * Applies a JSON6902 patch to every resource that is selected.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/patchjson6902/patchjson6902.go
 * @throws {SyncError} KustomizePatchFailed, ManifestInvalid, PatternInvalid
 */
export function applyJsonPatch(set: ResourceSet, patch: JsonPatch, options: JsonPatchOptions): void {
  for (const resource of selectResources(set, options.target, patch.file)) {
    if (options.remembersIds) storeFormerId(resource)
    patchResource(resource, patch, set.budget)
  }
  dropEmptyResources(set)
  forgetIds(set)
}

/** kustomize keeps its own annotations, whatever the patch does to them. */
function patchResource(resource: Resource, patch: JsonPatch, budget: Budget): void {
  const { file, root } = resource
  const kept = [...getMetadataMap(root, 'annotations')].filter(([name]) => isInternalAnnotation(name))
  decodeObject(root, file)
  const document = createDocumentMap(root, { file, path: [], inFlow: root.flow })
  const patched = formatTree(applyOperations(document, patch, budget))
  if (patched.kind === 'mapping') resource.root = patched
  const patchedAnnotations = getMetadataMap(resource.root, 'annotations')
  assertNoneAdded([...patchedAnnotations.keys()], new Map(kept), patch)
  const annotations = new Map([...patchedAnnotations, ...kept])
  setMetadataMap(resource.root, 'annotations', annotations)
}

/** They steer kustomize itself; inconsistent ones make it panic. */
function assertNoneAdded(names: readonly string[], kept: MetadataMap, { file }: JsonPatch): void {
  const name = names.find((added) => isInternalAnnotation(added) && !kept.has(added))
  if (name !== undefined) {
    throw new SyncError('KustomizePatchFailed', {
      data: { file, name, reason: 'annotation of kustomize itself' },
    })
  }
}
