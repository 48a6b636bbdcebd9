import { addTransformation, type GeneratorOrigin } from '../resource/origin.ts'
import { dropEmptyResources, type ResourceSet } from '../resource/resource-set.ts'

/** A step over all resources of a layer, its files loaded. */
export interface Transformer {
  transform(set: ResourceSet): void
  /** Who says of what it has changed that it has; absent where `buildMetadata` does not ask for it. */
  readonly origin?: GeneratorOrigin
}

/**
 * Runs transformers one after the other; what one has emptied is gone for the next.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/target/multitransformer.go
 * @throws {SyncError} what they throw
 */
export function runTransformers(transformers: readonly Transformer[], set: ResourceSet): void {
  for (const { transform, origin } of transformers) {
    transform(set)
    if (origin !== undefined) for (const resource of set.resources) addTransformation(resource, origin)
    dropEmptyResources(set)
  }
}
