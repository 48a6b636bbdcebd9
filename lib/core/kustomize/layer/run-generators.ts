import { baseNameOf } from '../files/references.ts'
import { absorbResource } from '../generate/absorb.ts'
import { generateResource, mergeOptions } from '../generate/generate.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import { generateFromPlugin } from '../plugins/generate-from-plugin.ts'
import type { Plugin } from '../plugins/plugin.ts'
import { joinOrigin, readPluginOrigin, setGeneratorOrigin } from '../resource/origin.ts'
import type { ResourceSet } from '../resource/resource-set.ts'
import { type BuildContext, countResources, type LayerPlace } from './context.ts'

/**
 * Runs the generators of a kustomization: all ConfigMaps, then all Secrets, then the plugins.
 * @throws {SyncError} what a generator and the loader throw
 */
export function runGenerators(
  context: BuildContext,
  layer: { place: LayerPlace; kustomization: Kustomization },
  { set, plugins }: { set: ResourceSet; plugins: readonly Plugin[] },
): void {
  const { place, kustomization } = layer
  const generators = [
    ...(kustomization.configMapGenerator ?? []).map((args, at) => ({
      kind: 'ConfigMap' as const,
      args,
      field: `configMapGenerator[${at}]`,
    })),
    ...(kustomization.secretGenerator ?? []).map((args, at) => ({
      kind: 'Secret' as const,
      args,
      field: `secretGenerator[${at}]`,
    })),
  ]
  for (const { kind, args, field } of generators) {
    const options = mergeOptions(args.options, kustomization.generatorOptions)
    const { file, encrypted } = kustomization
    const input = { kind, args: { ...args, options }, place: { root: place.root, file, encrypted, field } }
    countResources(context, 1, file)
    const resource = generateResource(input, context.loader)
    if (place.origin !== undefined) {
      const configuredIn = joinOrigin(place.origin, baseNameOf(file))
      setGeneratorOrigin(resource, { configuredIn, apiVersion: 'builtin', kind: `${kind}Generator` })
    }
    absorbResource(set, resource)
  }
  for (const plugin of plugins) {
    const generated = generateFromPlugin(plugin, context.loader)
    countResources(context, generated.length, plugin.place.file)
    const origin = readPluginOrigin(plugin.resource)
    for (const resource of generated) {
      if (origin !== null) setGeneratorOrigin(resource, origin)
      absorbResource(set, resource)
    }
  }
}
