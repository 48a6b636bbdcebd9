import { SyncError } from '../../errors.ts'
import type { Loader } from '../files/loader.ts'
import { generateResource } from '../generate/generate.ts'
import { struct, text } from '../kustomization/decoder.ts'
import { generatorFields } from '../kustomization/fields.ts'
import type { Resource } from '../resource/resource.ts'
import { appendResource, createResourceSet } from '../resource/resource-set.ts'
import { generateKsops } from './ksops/generate-ksops.ts'
import { createPluginError, isBuiltinPlugin, type Plugin } from './plugin.ts'
import { takeGeneratorOptions } from './take-options.ts'
import { decodePlugin } from './transformer-fields.ts'

/**
 * What an entry of `generators` yields, marked with its behaviour.
 * @throws {SyncError} KustomizeFieldUnsupported for any plugin but the known ones, KustomizeConflict, and what the
 * plugin throws
 */
export function generateFromPlugin(plugin: Plugin, loader: Loader): readonly Resource[] {
  const kind = plugin.config.get('kind')
  if (isBuiltinPlugin(plugin)) return [generateBuiltin(plugin, loader)]
  if (kind !== 'ksops') throw createPluginError(plugin, 'generators')
  const generated = createResourceSet()
  for (const resource of generateKsops(plugin, loader)) appendResource(generated, resource)
  for (const resource of generated.resources) takeGeneratorOptions(resource)
  return generated.resources
}

const configuration = struct({
  ...generatorFields,
  metadata: struct({ name: text, namespace: text }),
})

const kinds: ReadonlyMap<unknown, 'Secret' | 'ConfigMap'> = new Map([
  ['SecretGenerator', 'Secret'],
  ['ConfigMapGenerator', 'ConfigMap'],
])

/** Name and namespace are those of the plugin where the generator has none; `generatorOptions` do not act on it. */
function generateBuiltin(plugin: Plugin, loader: Loader): Resource {
  const { config, place } = plugin
  const kind = kinds.get(config.get('kind'))
  if (kind === undefined) throw createPluginError(plugin, 'generators')
  const { metadata = {}, env, ...args } = decodePlugin(plugin, configuration)
  if (env !== undefined) {
    // kustomize leaves it out, and with it the values.
    const reason = 'use envs in the file of a plugin'
    throw new SyncError('KustomizeFieldUnsupported', { data: { file: place.file, field: 'env', reason } })
  }
  const name = args.name || metadata.name || ''
  const namespace = args.namespace || metadata.namespace || ''
  return generateResource({ kind, args: { ...args, name, namespace }, place }, loader)
}
