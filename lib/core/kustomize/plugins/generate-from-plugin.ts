import type { Loader } from '../files/loader.ts'
import type { Resource } from '../resource/resource.ts'
import { appendResource, createResourceSet } from '../resource/resource-set.ts'
import { generateKsops } from './ksops/generate-ksops.ts'
import { createPluginError, isBuiltinPlugin, type Plugin } from './plugin.ts'
import { takeGeneratorOptions } from './take-options.ts'

/**
 * What an entry of `generators` yields, marked with its behaviour.
 * @throws {SyncError} KustomizeFieldUnsupported for any plugin but the known ones, KustomizeConflict, and what the
 * plugin throws
 */
export function generateFromPlugin(plugin: Plugin, loader: Loader): readonly Resource[] {
  const kind = plugin.config.get('kind')
  if (isBuiltinPlugin(plugin) || kind !== 'ksops') throw createPluginError(plugin, 'generators')
  const generated = createResourceSet()
  for (const resource of generateKsops(plugin, loader)) appendResource(generated, resource)
  for (const resource of generated.resources) takeGeneratorOptions(resource)
  return generated.resources
}
