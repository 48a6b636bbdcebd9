import { type Gvk, isClusterScoped } from './gvk.ts'

/** What names a resource: kind, name and namespace as written. */
export interface ResourceId extends Gvk {
  readonly name: string
  readonly namespace: string
}

/** The namespace that counts: a missing one and `default` are the same, and some kinds have none. */
export function effectiveNamespace(id: ResourceId): string {
  if (isClusterScoped(id)) return '_non_namespaceable_'
  return id.namespace === '' ? 'default' : id.namespace
}

/** Equal for two ids that kustomize takes for the same. */
export function formatIdKey(id: ResourceId): string {
  return [id.group, id.version, id.kind, id.name, effectiveNamespace(id)].join('\0')
}

/** An id for error data: `Secret.v1/name` or `Secret.v1/namespace/name`. */
export function describeId(id: ResourceId): string {
  const kind = [id.kind, id.version, id.group].filter((part) => part !== '').join('.')
  return [kind, id.namespace, id.name].filter((part) => part !== '').join('/')
}
