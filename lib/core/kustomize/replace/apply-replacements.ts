import { isSyncError, SyncError } from '../../errors.ts'
import type { Budget } from '../budget.ts'
import type { Replacement, ReplacementSource, ReplacementTarget, Selector } from '../kustomization/fields.ts'
import { isSelectedGvk } from '../resource/gvk.ts'
import { isOwnKind } from '../resource/own-kind.ts'
import { getAllIds, getGvk, type Resource } from '../resource/resource.ts'
import { effectiveNamespace, type ResourceId } from '../resource/resource-id.ts'
import { dropEmptyResources, forgetIds, type ResourceSet, spendOnTests } from '../resource/resource-set.ts'
import { parseIdPattern, parseMetadataTest } from '../select/select-resources.ts'
import { createScalar, isEmpty, type Node } from '../yaml/node.ts'
import { copyValue } from './copy-value.ts'
import { createPathError, splitFieldPath } from './field-path.ts'
import { lookupField } from './lookup-field.ts'
import { refineSource } from './set-value.ts'

/** A replacement and the file that holds it. */
export interface LoadedReplacement {
  readonly replacement: Replacement
  readonly file: string
  /** Whether that file was encrypted; a value that it holds itself is tainted then. */
  readonly encrypted: boolean
}

const defaultFieldPath = 'metadata.name'

/**
 * Copies the values of source fields to target fields, one replacement after the other.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/replacement/replacement.go
 * @throws {SyncError} KustomizeReplacementFailed, KustomizeFieldUnsupported, PatternInvalid, ManifestInvalid
 */
export function applyReplacements(set: ResourceSet, replacements: readonly LoadedReplacement[]): void {
  for (const loaded of replacements) {
    const { source, sourceValue, targets } = loaded.replacement
    if ((source === undefined && sourceValue === undefined) || targets === undefined) {
      throw createPathError(loaded.file, 'source or targets are missing')
    }
    spendOnTests(set)
    const value = readSource(set, loaded)
    for (const target of targets) replaceInTargets(set, { target, value, file: loaded.file })
  }
  dropEmptyResources(set)
  forgetIds(set)
}

/** A value, and whether it may lack what a step that is not done for its kind would have changed. */
interface SourceValue {
  readonly node: Node
  readonly opaque: boolean
}

function readSource({ resources }: ResourceSet, loaded: LoadedReplacement): SourceValue {
  const { replacement, file, encrypted } = loaded
  const { source, sourceValue } = replacement
  if (source === undefined)
    return { node: createScalar(sourceValue ?? '', { tainted: encrypted }), opaque: false }
  if (sourceValue !== undefined) throw createPathError(file, 'both source and sourceValue')
  const [found, ...more] = resources.filter((resource) => isSource(resource, source))
  if (found === undefined) throw createPathError(file, 'the source selects nothing')
  if (more.length > 0) throw createPathError(file, 'the source selects several objects')
  const path = splitFieldPath(source.fieldPath || defaultFieldPath)
  const opaque = found.opaque && path[0] !== 'metadata'
  const node = lookupField(found.root, path, file)
  if (opaque && isEmpty(node)) throw createOpaqueError(file)
  if (node === undefined || isEmpty(node))
    throw createPathError(file, `no field ${path.join('.')} in the source`)
  return { node: refineSource(node, source.options ?? {}, file), opaque }
}

/** Whether any id that the resource has or had is the one that is selected. */
function isSource(resource: Resource, source: ReplacementSource): boolean {
  const { name = '', namespace = '' } = source
  const selected: ResourceId = {
    group: source.group ?? '',
    version: source.version ?? '',
    kind: source.kind ?? '',
    name,
    namespace,
  }
  return getAllIds(resource).some(
    (id) =>
      (name === '' || name === id.name) &&
      (namespace === '' || effectiveNamespace(selected) === effectiveNamespace(id)) &&
      isSelectedGvk(id, selected),
  )
}

interface TargetChange {
  readonly target: ReplacementTarget
  readonly value: SourceValue
  readonly file: string
}

function replaceInTargets(set: ResourceSet, change: TargetChange): void {
  const { target, file } = change
  spendOnTests(set)
  if (target.select === undefined) throw createPathError(file, 'target without select')
  const isSelected = createTargetTest(target, target.select, file)
  for (const resource of set.resources) {
    if (isSelected(resource)) replaceInTarget(resource, change, set.budget)
  }
}

function replaceInTarget(resource: Resource, { target, value, file }: TargetChange, budget: Budget): void {
  const { fieldPaths = [], options = {} } = target
  if (value.opaque) takeOpaque(resource, file)
  for (const fieldPath of fieldPaths.length === 0 ? [defaultFieldPath] : fieldPaths) {
    try {
      copyValue(resource, fieldPath || defaultFieldPath, { value: value.node, options, file, budget })
    } catch (error) {
      // The field may be one that a step would have made which is not done for this kind.
      if (!resource.opaque || isSyncError(error, 'KustomizeTooLarge')) throw error
    }
  }
}

function takeOpaque(resource: Resource, file: string): void {
  if (isOwnKind(getGvk(resource))) throw createOpaqueError(file)
  resource.opaque = true
}

function createOpaqueError(file: string): SyncError {
  const reason = 'source that another transformer may change'
  return new SyncError('KustomizeFieldUnsupported', { data: { file, field: 'replacements', reason } })
}

/**
 * Whether a target is selected and not rejected. A `reject` with a label or annotation selector counts by that alone,
 * and by its id in addition.
 */
function createTargetTest(
  { reject = [] }: ReplacementTarget,
  select: Selector,
  file: string,
): (resource: Resource) => boolean {
  const selected = createIdTest(select, file)
  const hasMetadata = parseMetadataTest(select, file)
  const rejected = reject.filter(hasId).map((selector) => createIdTest(selector, file))
  const rejectedByMetadata = reject
    .filter(({ labelSelector = '', annotationSelector = '' }) => labelSelector + annotationSelector !== '')
    .map((selector) => parseMetadataTest(selector, file))
  return (resource) => {
    if (!hasMetadata(resource) || rejectedByMetadata.some((test) => test(resource))) return false
    const ids = getAllIds(resource)
    return !rejected.some((test) => ids.some(test)) && ids.some(selected)
  }
}

function hasId({ group = '', version = '', kind = '', name = '', namespace = '' }: Selector): boolean {
  return group + version + kind + name + namespace !== ''
}

/** Unlike in the target of a patch the namespace is compared as it is written. */
function createIdTest(selector: Selector, file: string): (id: ResourceId) => boolean {
  const pattern = parseIdPattern(selector, file)
  return (id) =>
    pattern.matchesGvk(id) && pattern.matchesName(id.name) && pattern.matchesNamespace(id.namespace)
}
