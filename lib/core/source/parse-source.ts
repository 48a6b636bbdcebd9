import type { Config } from '../config/config.ts'
import type { Manifest } from '../config/manifest.ts'
import { parseApplication } from './argocd/application.ts'
import { parseGitRepository } from './flux/git-repository.ts'
import type { LiveCluster, Source, SourceChoice } from './source.ts'
import { sourceUnsupported } from './source-errors.ts'

type Parse = (manifest: Manifest, cluster: LiveCluster | null, choice: SourceChoice) => Source

const parsers: Readonly<Record<string, Parse>> = {
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
export function parseSource(
  manifest: Manifest,
  cluster: LiveCluster | null = null,
  choice: SourceChoice = {},
): Source {
  const identity = `${manifest.apiVersion} ${manifest.kind}`
  const parse = Object.hasOwn(parsers, identity) ? parsers[identity] : undefined
  if (!parse) throw sourceUnsupported('apiVersion', `is none of ${Object.keys(parsers).join(', ')}`)
  return parse(manifest, cluster, choice)
}

/** What a config follows of its source. */
export function readChoice({ choice, secrets }: Pick<Config, 'choice' | 'secrets'>): SourceChoice {
  const { kustomizePath: path } = secrets
  return { ...choice, ...(path !== undefined && { path }) }
}
