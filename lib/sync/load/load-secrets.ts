import type { Config } from '../../core/config/config.ts'
import { formatTenant } from '../../core/config/config-id.ts'
import { isSyncError } from '../../core/errors.ts'
import type { Tree } from '../../core/files/tree.ts'
import { type BuildInput, buildOverlay } from '../../core/kustomize/build.ts'

import type { ParameterEntry } from '../../core/parameters/parameter-entry.ts'
import { buildRaw } from '../../core/raw/build-raw.ts'
import { listBuiltEntries, listBuiltParameters } from '../../core/secrets/built-entries.ts'
import { dropRepeated } from '../../core/secrets/drop-repeated.ts'
import type { DisabledEntry, SecretEntry } from '../../core/secrets/secret-entry.ts'
import { collectDependencies } from '../../core/source/dependencies.ts'
import type { Source } from '../../core/source/source.ts'
import type { Dependency } from '../../core/state/records.ts'
import type { Snapshot } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { SourceTarget } from '../look.ts'
import type { VariedSubject } from '../resolve/load-variables.ts'
import { type FileSource, loadBuild } from './load-build.ts'
import { loadVisible } from './load-visible.ts'
import { permitKeys } from './permit-keys.ts'
import { createDataKeyUnwrapper } from './unwrap-data-key.ts'

/** The values of one config at one revision, before they have names in the store. */
export interface LoadedSecrets {
  readonly entries: readonly SecretEntry[]
  readonly parameters: readonly ParameterEntry[]
  readonly disabled: readonly DisabledEntry[]
  /** What the build read or looked for, with its object ids. */
  readonly dependencies: readonly Dependency[]
}

/**
 * Loads, decrypts and builds what `target` publishes: an overlay, or the files of raw mode. What the last build read
 * (`known`) is fetched at once, where building alone would ask for one layer of the overlay after the other.
 * @throws {SyncError} the codes of Git, SOPS, Kustomize, raw mode and payloads
 */
export async function loadSecrets(
  {
    git,
    keyServices,
    dataKeys,
    policy,
  }: Pick<SyncDependencies, 'git' | 'keyServices' | 'dataKeys' | 'policy'>,
  { subject, mark }: Pick<SourceTarget, 'subject' | 'mark'>,
  known: readonly Dependency[] = [],
): Promise<LoadedSecrets> {
  const { config, source, variables } = subject
  const [snapshot, services] = await Promise.all([
    git.open(source, mark.revision.commit),
    keyServices(config),
  ])
  await prefetch(snapshot, known)
  const cache = dataKeys.forGrant(formatTenant(config.id))
  const unwrap = permitKeys(policy, config.id, createDataKeyUnwrapper({ services, cache }))
  const files: FileSource = { readFiles: snapshot.readFiles, unwrap }
  const { kustomizePath } = config.secrets
  return await loadVisible(snapshot, source, (tree) =>
    kustomizePath === undefined
      ? loadRaw(config, tree, files)
      : loadOverlays(config, { tree, overlays: listOverlays(source, kustomizePath, variables) }, files),
  )
}

type Overlay = Pick<BuildInput, 'path' | 'settings'>

function listOverlays(
  source: Source,
  path: string,
  loaded: VariedSubject['variables'],
): readonly [Overlay, ...Overlay[]] {
  const others = (source.others ?? []).map((other) => ({ path: other.path, settings: other.overlay }))
  return [chooseOverlay(source, path, loaded), ...others]
}

/** What an Application or Kustomization says is said of its own directory alone. */
function chooseOverlay(
  { path: own, overlay }: Source,
  path: string,
  loaded: VariedSubject['variables'],
): Overlay {
  if (own !== path || overlay === undefined) return { path }
  if (overlay.by !== 'flux' || !overlay.postBuild || !loaded) return { path, settings: overlay }
  return { path, settings: { ...overlay, postBuild: { ...overlay.postBuild, loaded } } }
}

async function prefetch({ tree, readFiles }: Snapshot, known: readonly Dependency[]): Promise<void> {
  const paths = known.map(({ path }) => path).filter((path) => tree.entry(path)?.kind === 'file')
  if (paths.length === 0) return
  try {
    await readFiles(paths)
  } catch (thrown) {
    // A file that cannot be read may be one that the overlay no longer needs; if it does, the build meets it again.
    if (!isSyncError(thrown)) throw thrown
  }
}

async function loadOverlays(
  config: Config,
  { tree, overlays }: { readonly tree: Tree; readonly overlays: readonly Overlay[] },
  source: FileSource,
): Promise<LoadedSecrets> {
  const built = await Promise.all(
    overlays.map((overlay) => loadBuild((files) => buildOverlay({ tree, ...overlay, files }), source)),
  )
  const objects = dropRepeated(built.flatMap((build) => build.objects))
  return {
    entries: listBuiltEntries(objects, config),
    parameters: listBuiltParameters(objects, config),
    disabled: [],
    dependencies: collectDependencies(
      built.flatMap(({ reads }) => reads),
      tree,
    ),
  }
}

async function loadRaw(config: Config, tree: Tree, source: FileSource): Promise<LoadedSecrets> {
  const { paths, ...raw } = await loadBuild((files) => buildRaw(tree, config, files), source)
  return { ...raw, dependencies: collectDependencies(paths, tree) }
}
