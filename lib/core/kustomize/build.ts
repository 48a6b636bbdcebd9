import { isSyncError, SyncError } from '../errors.ts'
import type { Lacking, LoadedFiles } from '../files/loaded-file.ts'
import { normalizeRepositoryPath } from '../files/repository-path.ts'
import type { Tree } from '../files/tree.ts'
import { createBudget, createDepthError } from './budget.ts'
import { createLoader, type Loader } from './files/loader.ts'
import { buildLayer } from './layer/build-layer.ts'
import { collectRequests } from './layer/collect-requests.ts'
import { type BuildLimits, createBuildContext, defaultLimits } from './layer/context.ts'
import type { BuiltObject } from './output/built-object.ts'
import { finishResources } from './output/finish-resources.ts'
import { assertNoOverride } from './settings/assert-no-override.ts'
import { buildDirectory } from './settings/build-directory.ts'
import type { OverlaySettings } from './settings/overlay-settings.ts'
import { isPlainDirectory, useSettings } from './settings/use-settings.ts'

export interface BuildInput {
  readonly tree: Tree
  /** What is loaded so far, encrypted files already decrypted. */
  readonly files: LoadedFiles
  /** The directory with the kustomization, relative to the root of the tree; `''` is the root. */
  readonly path: string
  readonly limits?: Partial<BuildLimits>
  /** What the object that names the overlay changes of it. */
  readonly settings?: OverlaySettings
}

/** What an overlay yields. */
export interface Build {
  readonly status: 'built'
  /** The v1 Secrets and ConfigMaps, bases first. */
  readonly objects: readonly BuiltObject[]
  /** Every path that the build read or looked for, absent ones included, sorted. */
  readonly reads: readonly string[]
}

/**
 * Builds the Secrets and ConfigMaps of an overlay as `kustomize build` would, or names the files that it still lacks.
 * @see https://github.com/kubernetes-sigs/kustomize/tree/kustomize/v5.8.2
 * @throws {SyncError} with the code of whatever kustomize would refuse, and of what is not supported
 */
export function buildOverlay(input: BuildInput): Lacking | Build {
  const limits = { ...defaultLimits, ...input.limits }
  const loader = createLoader({
    tree: input.tree,
    files: input.files,
    bytesLimit: limits.bytes,
    budget: createBudget(limits.memoryBytes),
  })
  const root = locateRoot(loader, input.path)
  if (root === null) return createLacking(loader)
  const { settings } = input
  if (settings !== undefined && settings.by !== 'flux') {
    assertNoOverride(loader, root, settings.overrideFiles ?? [])
    if (loader.lacking.size > 0) return createLacking(loader)
  }
  if (settings?.by === 'directory' && isPlainDirectory(loader, root, settings)) {
    return buildLoaded(loader, () => buildDirectory(loader, root, settings))
  }
  const context = useSettings(createBuildContext(loader, limits), root, settings)
  collectRequests(context, root)
  if (loader.lacking.size > 0) return createLacking(loader)
  return buildLoaded(loader, () => {
    const set = buildLayer(context, { root, ancestors: [] })
    return loader.lacking.size === 0 ? finishResources(set, context) : []
  })
}

function buildLoaded(loader: Loader, build: () => readonly BuiltObject[]): Lacking | Build {
  try {
    const objects = build()
    if (loader.lacking.size > 0) return createLacking(loader)
    return { status: 'built', objects, reads: [...loader.reads].sort() }
  } catch (error) {
    // What only the build itself could name is read as nothing, and whatever that breaks is no finding yet.
    if (isSyncError(error) && loader.lacking.size > 0) return createLacking(loader)
    // Patches can nest what no file may; deeper than the engine's stack nothing is built.
    if (error instanceof RangeError) throw createDepthError('')
    throw error
  }
}

function createLacking(loader: Loader): Lacking {
  return { status: 'lacking', paths: [...loader.lacking].sort() }
}

/** The directory of the overlay; `null` while a link on the way is not loaded. */
function locateRoot(loader: Loader, path: string): string | null {
  const normal = normalizeRepositoryPath(path)
  if (normal === null) throw new SyncError('PathOutsideRepository', { data: { path } })
  const found = loader.locate('', normal === '' ? '.' : normal, { file: path, field: '' })
  if (found.kind === 'lacking') return null
  if (found.kind !== 'directory') throw new SyncError('PathNotFound', { data: { path } })
  return found.path
}
