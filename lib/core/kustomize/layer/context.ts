import { SyncError } from '../../errors.ts'
import type { Variables } from '../../flux/substitute.ts'
import type { Loader } from '../files/loader.ts'
import { isWithin, type Referrer } from '../files/references.ts'
import { joinOrigin } from '../resource/origin.ts'
import { createKustomizationFinder, type KustomizationFinder } from './find-kustomization.ts'

/** Caps on what one overlay may take; kustomize has none. */
export interface BuildLimits {
  /** Kustomizations visited, a base counting each time that it is included. */
  readonly layers: number
  /** Kustomizations within each other. */
  readonly depth: number
  readonly resources: number
  /** What is read, each file once. */
  readonly bytes: number
  /** What all nodes and texts take in memory, roughly; whatever is added to each object counts as often. */
  readonly memoryBytes: number
}

export const defaultLimits: BuildLimits = {
  layers: 2_000,
  depth: 64,
  resources: 50_000,
  bytes: 64 * 1024 * 1024,
  memoryBytes: 64 * 1024 * 1024,
}

/** What all layers of one build share. */
export interface BuildContext {
  readonly loader: Loader
  readonly findKustomization: KustomizationFinder
  readonly limits: BuildLimits
  /** What a Flux Kustomization makes of the built objects. */
  readonly postBuild?: Variables
  readonly counts: { layers: number; resources: number }
  /** Facts about all layers that the last steps need. */
  readonly seen: {
    vars: boolean
    configurations: boolean
    customSchema: boolean
    buildMetadata: readonly string[]
  }
}

export function createBuildContext(loader: Loader, limits: BuildLimits): BuildContext {
  return {
    loader,
    findKustomization: createKustomizationFinder(loader),
    limits,
    counts: { layers: 0, resources: 0 },
    seen: { vars: false, configurations: false, customSchema: false, buildMetadata: [] },
  }
}

/** One kustomization under construction: its directory, and those that include it, the outermost first. */
export interface LayerPlace {
  readonly root: string
  readonly ancestors: readonly string[]
  /** The directory as the top kustomization would write it, where `buildMetadata` asks for origins. */
  readonly origin?: string
}

/**
 * The place of a kustomization that another one includes.
 * @throws {SyncError} KustomizeCycle, KustomizeTooLarge
 */
export function enterLayer(
  context: BuildContext,
  place: LayerPlace,
  next: { root: string; path: string; referrer: Referrer },
): LayerPlace {
  const { root, path, referrer } = next
  const ancestors = [...place.ancestors, place.root]
  const including = ancestors.find((ancestor) => isWithin(ancestor, root))
  if (including !== undefined) {
    throw new SyncError('KustomizeCycle', { data: { ...referrer, path: root, including } })
  }
  context.counts.layers += 1
  if (context.counts.layers > context.limits.layers || ancestors.length > context.limits.depth) {
    throw new SyncError('KustomizeTooLarge', { data: { ...referrer, reason: 'layers' } })
  }
  const { origin } = place
  return { root, ancestors, ...(origin !== undefined && { origin: joinOrigin(origin, path) }) }
}

/** Counts resources against the limit. @throws {SyncError} KustomizeTooLarge */
export function countResources(context: BuildContext, added: number, file: string): void {
  context.counts.resources += added
  if (context.counts.resources > context.limits.resources) {
    throw new SyncError('KustomizeTooLarge', { data: { file, reason: 'resources' } })
  }
}
