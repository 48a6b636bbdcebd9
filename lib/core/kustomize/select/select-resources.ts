import type { Selector } from '../kustomization/fields.ts'
import { getMetadataMap } from '../resource/metadata.ts'
import { getCurrentId, getGvk, getOriginalId, type Resource } from '../resource/resource.ts'
import { effectiveNamespace, type ResourceId } from '../resource/resource-id.ts'
import { type ResourceSet, spendOnTests } from '../resource/resource-set.ts'
import { parseLabelSelector } from './label-selector.ts'
import { parsePattern } from './pattern.ts'

/** Tests of the parts of an id, each an anchored RE2 expression. */
export interface IdPattern {
  matchesGvk(id: ResourceId | ReturnType<typeof getGvk>): boolean
  matchesName(name: string): boolean
  matchesNamespace(namespace: string): boolean
}

/** @throws {SyncError} PatternInvalid */
export function parseIdPattern(selector: Selector, file: string): IdPattern {
  const [group, version, kind] = (['group', 'version', 'kind'] as const).map((part) =>
    parsePattern(selector[part] ?? '', file),
  )
  return {
    matchesGvk: (gvk) =>
      group?.(gvk.group) === true && version?.(gvk.version) === true && kind?.(gvk.kind) === true,
    matchesName: parsePattern(selector.name ?? '', file),
    matchesNamespace: parsePattern(selector.namespace ?? '', file),
  }
}

/** Whether the labels and annotations of a resource fulfil the selectors. @throws {SyncError} PatternInvalid */
export function parseMetadataTest(selector: Selector, file: string): (resource: Resource) => boolean {
  const labels = parseLabelSelector(selector.labelSelector ?? '', file)
  const annotations = parseLabelSelector(selector.annotationSelector ?? '', file)
  return (resource) =>
    labels(readTexts(resource, 'labels')) && annotations(readTexts(resource, 'annotations'))
}

function readTexts({ root }: Resource, field: 'labels' | 'annotations'): ReadonlyMap<string, string> {
  return new Map([...getMetadataMap(root, field)].map(([name, { text }]) => [name, text]))
}

/** What the expressions of a selector take to compile; a repetition multiplies. */
function measurePatterns({ group, version, kind, name, namespace }: Selector): number {
  const patterns = [group, version, kind, name, namespace].map((pattern = '') => pattern)
  return patterns.reduce((sum, text) => sum + text.length * (text.includes('{') ? 8_192 : 64), 0)
}

/**
 * The resources that the target of a patch selects, by their first or present name and namespace.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/resmap/reswrangler.go (Select)
 * @throws {SyncError} PatternInvalid
 */
export function selectResources(set: ResourceSet, selector: Selector, file: string): readonly Resource[] {
  spendOnTests(set)
  set.budget.spend(measurePatterns(selector), file)
  const pattern = parseIdPattern(selector, file)
  const hasMetadata = parseMetadataTest(selector, file)
  return set.resources.filter((resource) => {
    const ids = [getOriginalId(resource), getCurrentId(resource)]
    return (
      ids.some((id) => pattern.matchesNamespace(effectiveNamespace(id))) &&
      ids.some(({ name }) => pattern.matchesName(name)) &&
      pattern.matchesGvk(getGvk(resource)) &&
      hasMetadata(resource)
    )
  })
}
