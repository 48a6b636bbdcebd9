import { SyncError } from '../../errors.ts'
import { clearField, ensureMapping, getField, getText, setField } from '../yaml/fields.ts'
import { copyNode, createScalar, isEmpty, type Mapping } from '../yaml/node.ts'
import { type Gvk, parseApiVersion } from './gvk.ts'
import { getMetadata, getMetadataMap, setAnnotation } from './metadata.ts'
import { effectiveNamespace, type ResourceId } from './resource-id.ts'

/**
 * A Kubernetes object on its way through the layers. What kustomize remembers about it (former ids, the wish for a
 * hash) stands in annotations of the object itself, where patches can reach it, as they can in kustomize.
 */
export interface Resource {
  root: Mapping
  /** The file or generator that it comes from, for errors. */
  readonly file: string
  /** Whether a step that is not done for this kind would have changed more than its metadata. */
  opaque: boolean
}

const internalPrefix = 'internal.config.kubernetes.io/'

/** Annotations of kustomize's own that are gone before anything is printed. */
export const buildAnnotations = {
  formerNames: `${internalPrefix}previousNames`,
  formerNamespaces: `${internalPrefix}previousNamespaces`,
  formerKinds: `${internalPrefix}previousKinds`,
  prefixes: `${internalPrefix}prefixes`,
  suffixes: `${internalPrefix}suffixes`,
  behavior: `${internalPrefix}generatorBehavior`,
  needsHash: `${internalPrefix}needsHashSuffix`,
  allowNameChange: `${internalPrefix}allowNameChange`,
  allowKindChange: `${internalPrefix}allowKindChange`,
} as const

/** Whether the name is one that manifests may not bring along. */
export function isInternalAnnotation(name: string): boolean {
  return name.startsWith(internalPrefix)
}

export function copyResource(resource: Resource): Resource {
  return { ...resource, root: copyNode(resource.root) }
}

export function getGvk({ root }: Resource): Gvk {
  return { ...parseApiVersion(getText(root, 'apiVersion')), kind: getText(root, 'kind') }
}

export function getName({ root }: Resource): string {
  return getMetadataText(root, 'name')
}

export function getNamespace({ root }: Resource): string {
  return getMetadataText(root, 'namespace')
}

function getMetadataText(root: Mapping, name: string): string {
  const metadata = getMetadata(root)
  return isEmpty(getField(metadata, name)) ? '' : getText(metadata, name)
}

export function setName({ root }: Resource, name: string): void {
  setMetadataText(root, 'name', name)
}

/** An empty namespace drops the field. */
export function setNamespace({ root }: Resource, namespace: string): void {
  const metadata = getField(root, 'metadata')
  if (namespace !== '') setMetadataText(root, 'namespace', namespace)
  else if (metadata?.kind === 'mapping') clearField(metadata, 'namespace')
}

function setMetadataText(root: Mapping, name: string, text: string): void {
  const metadata = ensureMapping(root, 'metadata')
  const former = getField(metadata, name)
  const tainted = former?.kind === 'scalar' && former.tainted
  setField(metadata, { name, value: createScalar(text, { tainted }) })
}

export function setKind({ root }: Resource, kind: string): void {
  setField(root, { name: 'kind', value: createScalar(kind) })
}

export function getCurrentId(resource: Resource): ResourceId {
  return { ...getGvk(resource), name: getName(resource), namespace: getNamespace(resource) }
}

/**
 * The ids that the resource had before, the oldest first, all with its present group and version.
 * @param limit how many of them at most
 * @throws {SyncError} ManifestInvalid where a patch broke the record
 */
export function getFormerIds(resource: Resource, limit?: number): readonly ResourceId[] {
  const annotations = getMetadataMap(resource.root, 'annotations')
  const names = annotations.get(buildAnnotations.formerNames)
  if (names === undefined) return []
  const split = (key: string) => (annotations.get(key)?.text ?? '').split(',', limit)
  const namespaces = split(buildAnnotations.formerNamespaces)
  const kinds = split(buildAnnotations.formerKinds)
  const { group, version } = getGvk(resource)
  return names.text.split(',', limit).map((name, at) => {
    const [namespace, kind] = [namespaces[at], kinds[at]]
    if (namespace === undefined || kind === undefined) {
      throw new SyncError('ManifestInvalid', { data: { file: resource.file, reason: 'former ids' } })
    }
    return { group, version, kind, name, namespace }
  })
}

export function getOriginalId(resource: Resource): ResourceId {
  return getFormerIds(resource, 1)[0] ?? getCurrentId(resource)
}

/** Every id that the resource has or had, the present one first. */
export function getAllIds(resource: Resource): readonly ResourceId[] {
  return [getCurrentId(resource), ...getFormerIds(resource)]
}

/**
 * Remembers the present id before it changes.
 * @throws {SyncError} ManifestInvalid
 */
export function storeFormerId(resource: Resource): void {
  const { name, namespace, kind, ...rest } = getCurrentId(resource)
  // kustomize keeps three lists with commas between, and panics once they differ in length.
  if (name === '' || kind === '' || `${name}${namespace}${kind}`.includes(',')) {
    throw new SyncError('ManifestInvalid', {
      data: { file: resource.file, reason: 'name, namespace or kind that is empty or has a comma' },
    })
  }
  appendToAnnotation(resource, buildAnnotations.formerNames, name)
  const effective = effectiveNamespace({ name, namespace, kind, ...rest })
  appendToAnnotation(resource, buildAnnotations.formerNamespaces, effective)
  appendToAnnotation(resource, buildAnnotations.formerKinds, kind)
}

/** Appends to a comma-separated annotation; an empty text is not appended. */
export function appendToAnnotation({ root }: Resource, name: string, text: string): void {
  if (text === '') return
  const present = getMetadataMap(root, 'annotations').get(name)
  setAnnotation(root, name, present === undefined ? text : `${present.text},${text}`)
}

export function isEnabled({ root }: Resource, name: string): boolean {
  return getMetadataMap(root, 'annotations').get(name)?.text === 'enabled'
}
