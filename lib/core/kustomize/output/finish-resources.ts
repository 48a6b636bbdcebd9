import { SyncError } from '../../errors.ts'
import type { BuildContext } from '../layer/context.ts'
import { hashResource } from '../resource/hash.ts'
import { getMetadata, getMetadataMap, setMetadataMap } from '../resource/metadata.ts'
import { originAnnotation, transformationsAnnotation } from '../resource/origin.ts'
import { isOwnKind } from '../resource/own-kind.ts'
import {
  buildAnnotations,
  getCurrentId,
  getGvk,
  getName,
  isEnabled,
  isInternalAnnotation,
  type Resource,
  setName,
  storeFormerId,
} from '../resource/resource.ts'
import { formatIdKey } from '../resource/resource-id.ts'
import { assertUniqueIds, createResourceSet, type ResourceSet } from '../resource/resource-set.ts'
import { labelFieldSpecs, setTexts } from '../transform/metadata-maps.ts'
import { decodeObject } from '../yaml/decode.ts'
import { getField } from '../yaml/fields.ts'
import { isJsonList, isJsonMap, type Json } from '../yaml/json.ts'
import { type BuiltObject, createBuiltObject } from './built-object.ts'
import { isSubstituted, substituteName, substituteResource } from './substitute-resource.ts'

/**
 * What kustomize does once, after the top layer: hashes, local resources dropped, its own annotations removed.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/krusty/kustomizer.go (Run)
 * @throws {SyncError} ManifestInvalid, KustomizeConflict, KustomizeFieldUnsupported
 */
export function finishResources(set: ResourceSet, context: BuildContext): readonly BuiltObject[] {
  const names = new Map(set.resources.map((resource) => [resource, appendHash(resource)]))
  for (const resource of set.resources) assertIdentified(resource)
  const kept = dropLocal(set.resources)
  assertUniqueIds(createResourceSet(kept))
  const { buildMetadata } = context.seen
  if (buildMetadata.includes('managedByLabel')) {
    setTexts(createResourceSet(kept), { texts: managedBy, fieldSpecs: labelFieldSpecs })
  }
  return kept.flatMap((resource) => {
    if (context.seen.vars) assertNoVariables(resource)
    if (context.seen.customSchema) assertNoMergedLists(resource)
    removeBuildAnnotations(resource, buildMetadata)
    const name = substitute(resource, names.get(resource) ?? '', context)
    const manifest = decodeObject(resource.root, resource.file)
    assertPrintable(manifest, resource)
    if (!isOwnKind(getGvk(resource))) {
      assertNoBareKind(resource)
      return []
    }
    return [createBuiltObject(resource, manifest, name)]
  })
}

/** Replaces expressions where a Flux Kustomization does; returns the name without the hash. */
function substitute(resource: Resource, name: string, { postBuild, loader }: BuildContext): string {
  if (postBuild === undefined || !isSubstituted(resource)) return name
  substituteResource(resource, postBuild, loader.budget)
  return substituteName(name, postBuild, resource.file)
}

/** kustomize takes an object without apiVersion, the cluster does not; nobody would miss it in time. */
function assertNoBareKind(resource: Resource): void {
  const { group, version, kind } = getGvk(resource)
  if (group === '' && version === '' && (kind === 'Secret' || kind === 'ConfigMap')) {
    throw new SyncError('ManifestInvalid', {
      data: { file: resource.file, reason: 'object without apiVersion' },
    })
  }
}

/** Appends the hash where one is wanted; returns the name before. */
function appendHash(resource: Resource): string {
  const name = getName(resource)
  if (!isEnabled(resource, buildAnnotations.needsHash)) return name
  const hash = hashResource(resource)
  storeFormerId(resource)
  setName(resource, `${name}-${hash}`)
  return name
}

/** As in kustomize, a local resource with the id of one that is kept stays, and is one too many then. */
function dropLocal(resources: readonly Resource[]): Resource[] {
  const key = (resource: Resource) => formatIdKey(getCurrentId(resource))
  const ids = new Set(resources.filter((resource) => !isLocal(resource)).map(key))
  return resources.filter((resource) => ids.has(key(resource)))
}

/** A JSON patch may have taken away what every object needs. */
function assertIdentified(resource: Resource): void {
  const { kind } = getGvk(resource)
  if (kind !== '' && (kind.endsWith('List') || getName(resource) !== '')) return
  throw new SyncError('ManifestInvalid', {
    data: { file: resource.file, reason: 'object without kind or name' },
  })
}

function isLocal(resource: Resource): boolean {
  const annotation = getMetadataMap(resource.root, 'annotations').get('config.kubernetes.io/local-config')
  return annotation !== undefined && annotation.text !== 'false'
}

const readerAnnotations = ['config.kubernetes.io/path', 'config.kubernetes.io/index', 'config.k8s.io/id']

/** The version that this build follows. */
const managedBy = new Map([['app.kubernetes.io/managed-by', 'kustomize-v5.8.2']])

/** Annotations that stay only where `buildMetadata` asks for them. */
const requested: ReadonlyMap<string, string> = new Map([
  [originAnnotation, 'originAnnotations'],
  [transformationsAnnotation, 'transformerAnnotations'],
])

function removeBuildAnnotations(resource: Resource, buildMetadata: readonly string[]): void {
  const annotations = [...getMetadataMap(resource.root, 'annotations')]
  const kept = annotations.filter(([name]) => {
    const option = requested.get(name)
    if (option !== undefined) return buildMetadata.includes(option)
    return !isInternalAnnotation(name) && !readerAnnotations.includes(name)
  })
  setMetadataMap(resource.root, 'annotations', new Map(kept))
}

/** `$(NAME)` in labels and annotations is what the deprecated `vars` replace. */
function assertNoVariables({ root, file }: Resource): void {
  for (const field of ['labels', 'annotations'] as const) {
    for (const { text } of getMetadataMap(root, field).values()) {
      if (text.includes('$(')) {
        const reason = '$(NAME) in a label or annotation; use replacements'
        throw new SyncError('KustomizeFieldUnsupported', { data: { file, field: 'vars', reason } })
      }
    }
  }
}

/** Which lists a patch merges stands in the schema of kustomize, which `openapi` takes the place of. */
function assertNoMergedLists(resource: Resource): void {
  const metadata = getMetadata(resource.root)
  const lists = ['finalizers', 'ownerReferences'].map((field) => getField(metadata, field))
  if (!isOwnKind(getGvk(resource)) || lists.every((node) => node === undefined)) return
  const reason = 'finalizers or ownerReferences of an object, which a schema of your own merges differently'
  throw new SyncError('KustomizeFieldUnsupported', {
    data: { file: resource.file, field: 'openapi', reason },
  })
}

/** Go's JSON escapes what is below U+0020, but not these. The next line, U+0085, would be folded into a space. */
const unreadable = /[\x7f-\x9f\ufffe\uffff]/

/** kustomize reads its JSON as YAML, which lacks some characters. */
function assertPrintable(value: Json, resource: Resource): void {
  if (typeof value === 'string') {
    if (unreadable.test(value)) {
      throw new SyncError('ManifestInvalid', { data: { file: resource.file, reason: 'control character' } })
    }
  } else if (isJsonMap(value)) {
    for (const [key, part] of value) {
      assertPrintable(key, resource)
      assertPrintable(part, resource)
    }
  } else if (isJsonList(value)) {
    for (const part of value) assertPrintable(part, resource)
  }
}
