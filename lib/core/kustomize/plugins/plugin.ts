import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { GeneratorPlace } from '../generate/pairs.ts'
import { getCurrentId, getGvk, type Resource } from '../resource/resource.ts'
import { describeId } from '../resource/resource-id.ts'
import { decodeObject } from '../yaml/decode.ts'
import type { JsonMap } from '../yaml/json.ts'

/** What an entry of `generators` or `transformers` configures. */
export interface Plugin {
  readonly resource: Resource
  /** The values of the configuration. */
  readonly config: JsonMap
  /** Paths are relative to the kustomization that lists the plugin, wherever its file lies. */
  readonly place: GeneratorPlace
}

/** @throws {SyncError} ManifestInvalid */
export function createPlugin(resource: Resource, root: string, loader: Loader): Plugin {
  const { file } = resource
  const field = describeId(getCurrentId(resource))
  const encrypted = loader.read(file, { file, field })?.encrypted === true
  return { resource, config: decodeObject(resource.root, file), place: { root, file, field, encrypted } }
}

/** Whether kustomize itself implements the plugin. */
export function isBuiltinPlugin({ resource }: Plugin): boolean {
  const { group, version } = getGvk(resource)
  return group === '' && version === 'builtin'
}

/** The refusal of a plugin that is not supported, or not in this role. */
export function createPluginError({ place }: Plugin, role: 'generators' | 'transformers'): SyncError {
  const { file, field } = place
  return new SyncError('KustomizeFieldUnsupported', { data: { file, field: role, plugin: field } })
}
