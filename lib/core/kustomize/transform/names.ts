import type { FieldSpec } from '../kustomization/fields.ts'
import { isSelectedGvk } from '../resource/gvk.ts'
import {
  appendToAnnotation,
  buildAnnotations,
  getOriginalId,
  type Resource,
  storeFormerId,
} from '../resource/resource.ts'
import { forgetIds, type ResourceSet, spendOnEach } from '../resource/resource-set.ts'
import type { Node, Scalar } from '../yaml/node.ts'
import { editField } from './field-spec.ts'

export interface NameChange {
  readonly side: 'prefix' | 'suffix'
  readonly text: string
  readonly fieldSpecs: readonly FieldSpec[]
  /** Whether the text came from an encrypted file. */
  readonly tainted?: boolean
}

/** Where `namePrefix` and `nameSuffix` act. */
export const nameFieldSpecs: readonly FieldSpec[] = [{ path: 'metadata/name' }]

const keptNames = [
  { kind: 'CustomResourceDefinition' },
  { group: 'apiregistration.k8s.io', kind: 'APIService' },
  { kind: 'Namespace' },
]

/**
 * Puts a text before or after the names of all resources, and remembers the names that they had.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/builtins/PrefixTransformer.go
 */
export function changeNames(set: ResourceSet, change: NameChange): void {
  spendOnEach(set, change.text.length)
  for (const resource of set.resources) changeName(resource, change)
  forgetIds(set)
}

function changeName(resource: Resource, change: NameChange): void {
  const { side, text, fieldSpecs } = change
  const id = getOriginalId(resource)
  if (keptNames.some((wanted) => isSelectedGvk(id, wanted))) return
  for (const spec of fieldSpecs) {
    if (!isSelectedGvk(id, spec)) continue
    if (spec.path === 'metadata/name' && text !== '') {
      appendToAnnotation(
        resource,
        side === 'prefix' ? buildAnnotations.prefixes : buildAnnotations.suffixes,
        text,
      )
      storeFormerId(resource)
    }
    editField(resource, spec, { create: 'scalar', apply: (node) => affix(node, change) })
  }
}

/** The node stays, since another field may share it. */
function affix(node: Scalar, { side, text, tainted = false }: NameChange): Node {
  node.value = side === 'prefix' ? `${text}${node.value}` : `${node.value}${text}`
  node.tag = ''
  node.tainted ||= tainted
  return node
}
