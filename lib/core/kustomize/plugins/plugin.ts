import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import type { GeneratorPlace } from '../generate/pairs.ts'
import { getMetadataMap } from '../resource/metadata.ts'
import { getCurrentId, getGvk, type Resource } from '../resource/resource.ts'
import { describeId } from '../resource/resource-id.ts'
import { isTainted } from '../resource/taint.ts'
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
  // A patch in the directory of a plugin may have been encrypted while the plugin was not.
  const encrypted = loader.read(file, { file, field })?.encrypted === true || isTainted(resource.root)
  return { resource, config: decodeObject(resource.root, file), place: { root, file, field, encrypted } }
}

/** Whether kustomize itself implements the plugin. */
export function isBuiltinPlugin({ resource }: Plugin): boolean {
  const { group, version } = getGvk(resource)
  return group === '' && version === 'builtin'
}

const functionAnnotations = ['config.kubernetes.io/function', 'config.k8s.io/function']

/** The refusal of a plugin that is not supported, or not in this role; it says what to do instead. */
export function createPluginError(plugin: Plugin, role: 'generators' | 'transformers'): SyncError {
  const { file, field } = plugin.place
  return new SyncError('KustomizeFieldUnsupported', {
    data: { file, field: role, plugin: field, reason: explainRefusal(plugin, role) },
  })
}

function explainRefusal(plugin: Plugin, role: 'generators' | 'transformers'): string {
  const { resource } = plugin
  const { kind, group } = getGvk(resource)
  if (isBuiltinPlugin(plugin)) return `no builtin among ${role} that is supported`
  const annotations = getMetadataMap(resource.root, 'annotations')
  if (functionAnnotations.some((name) => annotations.has(name))) return 'function that would run a program'
  if (kind === 'SopsSecretGenerator' || group === 'goabout.com') {
    return 'program of its own; use a ksops generator, or secretGenerator with encrypted files'
  }
  return 'program of its own, which kustomize runs only with --enable-alpha-plugins'
}
