import type { Config, ConfigId } from '../../core/config/config.ts'
import { formatTenant, parseConfigId } from '../../core/config/config-id.ts'
import { digestJson } from '../../core/config/digest.ts'
import type { Manifest } from '../../core/config/manifest.ts'
import { parseConfig } from '../../core/config/parse/parse-config.ts'
import { authorizeConfig, authorizeSource } from '../../core/config/policy/authorize.ts'
import { findGrant, findRepositoryRules } from '../../core/config/policy/policy.ts'
import { SyncError } from '../../core/errors.ts'
import { assertProjectPermits } from '../../core/source/argocd/app-project.ts'
import { everySource } from '../../core/source/argocd/choose-source.ts'
import { parseSource, readChoice } from '../../core/source/parse-source.ts'
import type { Source } from '../../core/source/source.ts'
import { formatRepositoryKey } from '../../core/source/url.ts'
import type { ConfigSource } from '../../ports.ts'
import type { SyncDependencies } from '../dependencies.ts'
import { type Followed, followKustomization } from './follow-kustomization.ts'

/** Raised when the same inputs would give other secrets than the release before. */
const buildRelease = 3

/** A config, the source that it follows, and what tells whether the source has changed. */
export interface Subject {
  readonly config: Config
  readonly source: Source
  readonly configSource: ConfigSource
  readonly repositoryKey: string
  readonly optionDigest: string
}

/** The manifest of a config and where it came from; a `null` manifest is a config that is gone. */
export interface OpenedManifest {
  readonly configSource: ConfigSource
  readonly manifest: Manifest | null
}

/** @throws {SyncError} ConfigNotFound where no config source has the name in the id */
export async function readManifest(
  { configSources }: Pick<SyncDependencies, 'configSources'>,
  id: ConfigId,
): Promise<OpenedManifest> {
  const { source, namespace, name } = parseConfigId(id)
  const configSource = configSources.find((candidate) => candidate.name === source)
  if (!configSource) throw new SyncError('ConfigNotFound', { data: { config: id } })
  return { configSource, manifest: await configSource.readConfig(namespace, name) }
}

/**
 * Judges what the config asks for, then reads what it follows and judges that as well. Nothing is asked of the cluster
 * for a config that may not have it.
 * @throws {SyncError} NotPermitted, SourceNotFound, SourceInvalid, SourceUnsupported, SourceSuspended,
 *   ArtifactNotAvailable, SourceNotReady
 */
export async function openSubject(
  { policy, deployment }: Pick<SyncDependencies, 'policy' | 'deployment'>,
  asked: Config,
  configSource: ConfigSource,
): Promise<Subject> {
  authorizeConfig(policy, asked)
  const manifest = await configSource.readSource(asked.sourceRef)
  if (!manifest) throw new SyncError('SourceNotFound', { data: { ...asked.sourceRef } })
  const parsed = parseSource(manifest, configSource.cluster, readChoice(asked))
  const found = withCredentials(parsed, asked, configSource)
  await authorizeFound(policy, { config: asked, source: found, configSource })
  const { config, source } = await followKustomization(withDirectory(asked, found), configSource)
  if (source.suspended) throw new SyncError('SourceSuspended', { data: { ...config.sourceRef } })
  const repositoryKey = formatRepositoryKey(source.url)
  const rules = findRepositoryRules(policy, repositoryKey)
  return {
    config,
    source,
    configSource,
    repositoryKey,
    optionDigest: digestJson({
      buildRelease,
      deployment,
      source,
      uid: config.uid,
      // What was refused is looked at again when the policy has changed.
      grant: policy.tenancy === 'single' ? undefined : findGrant(policy, formatTenant(config.id)),
      rules,
    }),
  }
}

async function authorizeFound(
  policy: SyncDependencies['policy'],
  {
    config,
    source,
    configSource,
  }: { readonly config: Config; readonly source: Source; readonly configSource: ConfigSource },
): Promise<void> {
  authorizeSource(policy, config, source)
  if (source.project === undefined) return
  assertProjectPermits(await configSource.readProject(source.project), source, configSource.cluster)
}

/** All sources of an Application bring their directories themselves; the first stands in the place of that of a config. */
function withDirectory(config: Config, source: Source): Followed {
  if (config.choice?.source !== everySource) return { config, source }
  return { source, config: { ...config, secrets: { ...config.secrets, kustomizePath: source.path ?? '' } } }
}

/** Credentials that the config names go before those of its source; the way to the server stays that of the source. */
function withCredentials(source: Source, { gitCredentials }: Config, { cluster }: ConfigSource): Source {
  if (!gitCredentials) return source
  const { proxy } = source.credentials ?? {}
  const named = { ...gitCredentials, ...(cluster && { cluster: cluster.name }), ...(proxy && { proxy }) }
  return { ...source, credentials: named }
}

/** Reads and parses one config. @throws {SyncError} ConfigInvalid, ProviderUnsupported */
export function openConfig({ configSource, manifest }: OpenedManifest, id: ConfigId): Config {
  if (!manifest) throw new SyncError('ConfigNotFound', { data: { config: id } })
  return parseConfig(manifest, configSource.name)
}
