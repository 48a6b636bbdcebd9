import { SyncError } from '../../errors.ts'
import { baseNameOf, type Referrer } from '../files/references.ts'
import type { Kustomization } from '../kustomization/kustomization.ts'
import { configurePlugin } from '../plugins/configure-plugin.ts'
import { createPlugin, type Plugin } from '../plugins/plugin.ts'
import { joinOrigin, setFileOrigin } from '../resource/origin.ts'
import { parseInlineObjects } from '../resource/parse-inline.ts'
import { parseResources } from '../resource/parse-resources.ts'
import {
  appendResource,
  assertUniqueIds,
  createResourceSet,
  type ResourceSet,
} from '../resource/resource-set.ts'
import { markOpaque } from '../transform/opaque.ts'
import { assertSortOptions, assertSupported } from './assert-supported.ts'
import { configureTransformers, type Layer } from './builtin-transformers.ts'
import { type BuildContext, countResources, enterLayer, type LayerPlace } from './context.ts'
import { runGenerators } from './run-generators.ts'
import { readSchemaFiles } from './schema-files.ts'
import { runTransformers } from './transformer.ts'

/**
 * The resources of the kustomization at `place`, those of its bases included.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/internal/target/kusttarget.go
 * @throws {SyncError} KustomizationInvalid and what the steps throw
 */
export function buildLayer(context: BuildContext, place: LayerPlace): ResourceSet {
  const set = createResourceSet([], context.loader.budget)
  const kustomization = context.findKustomization(place.root)
  if (kustomization !== null) {
    const { buildMetadata = [] } = kustomization
    context.seen.buildMetadata = buildMetadata
    assertSortOptions(kustomization)
    const top = buildMetadata.length === 0 ? place : { ...place, origin: '' }
    // The top may be a component too; only what includes it may not confuse the two.
    runLayer(context, { place: top, kustomization }, set)
  }
  return set
}

/** A component works on what its parent has so far, instead of on a set of its own. */
function runLayer(context: BuildContext, layer: Layer, set: ResourceSet): void {
  const { kustomization } = layer
  assertSupported(kustomization)
  if ((kustomization.vars ?? []).length > 0) context.seen.vars = true
  accumulateResources(context, layer, { field: 'resources', paths: kustomization.resources ?? [], set })
  readSchemaFiles(context, layer)
  runGenerators(context, layer, { set, plugins: loadPlugins(context, layer, 'generators') })
  for (const [at, path] of (kustomization.components ?? []).entries()) {
    const referrer = { file: kustomization.file, field: `components[${at}]` }
    const next = includeDirectory(context, layer, { path, referrer })
    if (next === null) continue
    assertKind(next.kustomization, 'Component', referrer)
    runLayer(context, next, set)
    assertUniqueIds(set)
  }
  if (context.seen.configurations) markOpaque(set)
  const transformers = [
    ...configureTransformers(context, layer),
    ...loadPlugins(context, layer, 'transformers').map((plugin) => configurePlugin(plugin, context.loader)),
  ]
  runTransformers(transformers, set)
}

interface References {
  readonly field: 'resources' | 'generators' | 'transformers'
  /** Files and directories; `null` for what stands in the field itself. */
  readonly paths: readonly (string | null)[]
  readonly set: ResourceSet
}

function accumulateResources(context: BuildContext, layer: Layer, { field, paths, set }: References): void {
  const { place, kustomization } = layer
  for (const [at, path] of paths.entries()) {
    if (path === null) continue
    const referrer = { file: kustomization.file, field: `${field}[${at}]` }
    const found = context.loader.locate(place.root, path, referrer)
    if (found.kind === 'file') appendFile(context, { place, path, referrer }, set)
    else if (found.kind !== 'lacking')
      appendBase(context, includeDirectory(context, layer, { path, referrer }), {
        set,
        referrer,
      })
  }
}

/** What a field configures: plugins written in it come before those in files and directories. */
function loadPlugins(
  context: BuildContext,
  layer: Layer,
  field: 'generators' | 'transformers',
): readonly Plugin[] {
  const { file, encrypted, [field]: entries = [] } = layer.kustomization
  const { origin } = layer.place
  const set = createResourceSet()
  const paths = entries.map((entry) => {
    const inline = parseInlineObjects(entry, { file, encrypted })
    for (const resource of inline ?? []) {
      if (origin !== undefined) setFileOrigin(resource, joinOrigin(origin, baseNameOf(file)))
      appendResource(set, resource)
    }
    return inline === null ? entry : null
  })
  accumulateResources(context, layer, { field, paths, set })
  return set.resources.map((resource) => createPlugin(resource, layer.place.root, context.loader))
}

function appendFile(
  { loader, ...context }: BuildContext,
  reference: { place: LayerPlace; path: string; referrer: Referrer },
  set: ResourceSet,
): void {
  const { place, referrer } = reference
  const file = loader.load(place.root, reference.path, referrer)
  if (file === null) return
  const { path, encrypted } = file
  const resources = parseResources(file.bytes, {
    file: path,
    code: 'ManifestInvalid',
    dialect: 'v3',
    encrypted,
    budget: loader.budget,
  })
  countResources({ loader, ...context }, resources.length, path)
  for (const resource of resources) {
    if (place.origin !== undefined) setFileOrigin(resource, joinOrigin(place.origin, reference.path))
    appendResource(set, resource)
  }
}

function appendBase(
  context: BuildContext,
  next: Layer | null,
  into: { set: ResourceSet; referrer: Referrer },
): void {
  if (next === null) return
  assertKind(next.kustomization, 'Kustomization', into.referrer)
  const base = createResourceSet([], context.loader.budget)
  runLayer(context, next, base)
  for (const resource of base.resources) appendResource(into.set, resource)
}

/** The layer in the directory that a reference names; `null` while it is lacking. */
function includeDirectory(
  context: BuildContext,
  { place }: Layer,
  reference: { path: string; referrer: Referrer },
): Layer | null {
  const { path, referrer } = reference
  if (path.split('/').some((name) => name !== '..' && name.includes('..'))) {
    throw new SyncError('KustomizationInvalid', { data: { ...referrer, reason: 'ambiguous path' } })
  }
  const found = context.loader.locate(place.root, path, referrer)
  if (found.kind === 'lacking') return null
  if (found.kind !== 'directory') {
    throw new SyncError('KustomizeReferenceMissing', { data: { ...referrer, path } })
  }
  const next = enterLayer(context, place, { root: found.path, path, referrer })
  const kustomization = context.findKustomization(next.root)
  return kustomization && { place: next, kustomization }
}

function assertKind(kustomization: Kustomization, kind: Kustomization['kind'], referrer: Referrer): void {
  if (kustomization.kind === kind) return
  throw new SyncError('KustomizationInvalid', { data: { ...referrer, reason: `${kind} expected` } })
}
