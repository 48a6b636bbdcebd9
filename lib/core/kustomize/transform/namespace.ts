import type { FieldSpec } from '../kustomization/fields.ts'
import { isClusterScoped } from '../resource/gvk.ts'
import { getGvk, type Resource, storeFormerId } from '../resource/resource.ts'
import { assertUniqueIds, forgetIds, type ResourceSet, spendOnEach } from '../resource/resource-set.ts'
import { getText } from '../yaml/fields.ts'
import { isEmpty, type Node, type Scalar, tags } from '../yaml/node.ts'
import { editField, type FieldEdit } from './field-spec.ts'

export interface NamespaceChange {
  readonly namespace: string
  /** Only where none is set. */
  readonly unsetOnly: boolean
  readonly fieldSpecs: readonly FieldSpec[]
}

/** Where `namespace` acts besides `metadata.namespace`. */
export const namespaceFieldSpecs: readonly FieldSpec[] = [
  { path: 'metadata/name', kind: 'Namespace', create: true },
  { path: 'spec/service/namespace', group: 'apiregistration.k8s.io', kind: 'APIService', create: true },
  {
    path: 'spec/conversion/webhook/clientConfig/service/namespace',
    group: 'apiextensions.k8s.io',
    kind: 'CustomResourceDefinition',
  },
]

/**
 * Moves every namespaced resource into a namespace.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/namespace/namespace.go
 * @throws {SyncError} KustomizeConflict where two resources then have the same id
 */
export function changeNamespace(set: ResourceSet, change: NamespaceChange): void {
  if (change.namespace === '') return
  spendOnEach(set, change.namespace.length)
  for (const resource of set.resources) moveResource(resource, change)
  forgetIds(set)
  assertUniqueIds(set)
}

function moveResource(resource: Resource, change: NamespaceChange): void {
  storeFormerId(resource)
  const edit: FieldEdit = { create: 'scalar', apply: (node) => setNamespaceText(node, change) }
  const gvk = getGvk(resource)
  if (!isClusterScoped(gvk)) editField(resource, { path: 'metadata/namespace', create: true }, edit)
  if (gvk.kind === 'RoleBinding' || gvk.kind === 'ClusterRoleBinding') resource.opaque = true
  const isCore = getText(resource.root, 'apiVersion') === 'v1'
  for (const spec of change.fieldSpecs) {
    const isName = spec.path === 'metadata/name'
    if (spec.path === 'metadata/namespace' || (isName && !isCore)) continue
    editField(resource, spec, edit)
  }
}

function setNamespaceText(node: Scalar, { namespace, unsetOnly }: NamespaceChange): Node {
  if (unsetOnly && !isEmpty(node) && node.value !== '') return node
  // The node stays, since another field may share it.
  node.value = namespace
  node.tag = tags.string
  node.tainted = false
  return node
}
