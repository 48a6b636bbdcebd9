import type { Manifest } from '../config/manifest.ts'
import { parseApplication } from './application.ts'
import { parseGitRepository } from './git-repository.ts'
import type { LiveCluster, Source } from './source.ts'
import { sourceUnsupported } from './source-errors.ts'

const parsers: Readonly<Record<string, (manifest: Manifest, cluster: LiveCluster | null) => Source>> = {
  'source.toolkit.fluxcd.io/v1 GitRepository': parseGitRepository,
  'source.toolkit.fluxcd.io/v1beta2 GitRepository': parseGitRepository,
  'argoproj.io/v1alpha1 Application': parseApplication,
}

/**
 * What to follow, read from the spec of a Flux GitRepository or an Argo CD Application. Fields that do not bear on
 * the files of the repository are not looked at: the objects belong to others, and newer versions may add some.
 * An object of a cluster must be ready, too; one that is suspended is not judged further.
 * @throws {SyncError} SourceInvalid, SourceUnsupported (each names the path of the field), ArtifactNotAvailable,
 *   SourceNotReady
 */
export function parseSource(manifest: Manifest, cluster: LiveCluster | null = null): Source {
  const identity = `${manifest.apiVersion} ${manifest.kind}`
  const parse = Object.hasOwn(parsers, identity) ? parsers[identity] : undefined
  if (!parse) throw sourceUnsupported('apiVersion', `is none of ${Object.keys(parsers).join(', ')}`)
  return parse(manifest, cluster)
}
