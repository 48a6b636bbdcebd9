import { describeIssue } from '../../schema/describe-issue.ts'
import { dropNulls } from '../../schema/drop-nulls.ts'
import { everySource } from '../../source/argocd/choose-source.ts'
import type { ObjectRef } from '../../source/source.ts'
import type { Config } from '../config.ts'
import { formatConfigId } from '../config-id.ts'
import { digestSpec } from '../digest-spec.ts'
import type { Manifest } from '../manifest.ts'
import { configInvalid } from './config-invalid.ts'
import { namespaceName, objectName, type Spec, specSchema } from './config-schema.ts'
import { parseDuration } from './duration.ts'
import { listIgnoredFields } from './ignored-fields.ts'
import { parseAwsTarget } from './parse-aws-target.ts'
import { parsePublishing } from './parse-publishing.ts'
import { parseSecrets } from './parse-secrets.ts'

const apiVersion = 'secret-management.octopilot.io/v1beta1'
const minimumIntervalMs = 60_000

/**
 * A SecretManagerConfig, judged as a whole before anything is done for it. `sourceName` is the first part of its id.
 * @throws {SyncError} ConfigInvalid, ProviderUnsupported; each names the path of the field
 * @see docs/configuration.md
 */
export function parseConfig(manifest: Manifest, sourceName: string): Config {
  assertIdentity(manifest)
  const spec = parseSpec(manifest.spec)
  const aws = parseAwsTarget(spec.provider)
  const { name, namespace, uid, generation } = manifest.metadata
  return {
    id: formatConfigId({ source: sourceName, namespace, name }),
    namespace,
    name,
    ...(uid !== undefined && { uid }),
    ...(generation !== undefined && { generation }),
    ...parseSourceRef(spec, namespace),
    aws,
    secrets: parseSecrets(spec.secrets, namespace),
    ...parseParameters(spec.configs),
    gitRepositoryPullIntervalMs: parseInterval(spec.gitRepositoryPullInterval, 'gitRepositoryPullInterval'),
    reconcileIntervalMs: parseInterval(spec.reconcileInterval, 'reconcileInterval'),
    diffDiscovery: spec.diffDiscovery,
    triggerUpdate: spec.triggerUpdate,
    suspend: spec.suspend,
    suspendGitPulls: spec.suspendGitPulls,
    ...parsePublishing(spec),
    ignoredFields: listIgnoredFields(spec),
    specDigest: digestSpec(manifest),
  }
}

function assertIdentity(manifest: Manifest): void {
  if (manifest.apiVersion !== apiVersion) throw configInvalid('apiVersion', `must be ${apiVersion}`)
  if (manifest.kind !== 'SecretManagerConfig') throw configInvalid('kind', 'must be SecretManagerConfig')
  if (!objectName.safeParse(manifest.metadata.name).success) {
    throw configInvalid('metadata.name', 'must be a name in the sense of RFC 1123')
  }
  if (!namespaceName.safeParse(manifest.metadata.namespace).success) {
    throw configInvalid('metadata.namespace', 'must be a namespace in the sense of RFC 1123')
  }
}

function parseSpec(written: unknown): Spec {
  const input = dropNulls(written)
  const parsed = specSchema.safeParse(input)
  if (parsed.success) return parsed.data
  const { path, problem } = describeIssue(parsed.error.issues, input, 'spec')
  throw configInvalid(path, problem)
}

function parseSourceRef(
  spec: Spec,
  ownNamespace: string,
): Pick<Config, 'sourceRef' | 'gitCredentials' | 'choice'> {
  const { gitCredentials, source, revision, ...sourceRef } = spec.sourceRef
  const { kind } = sourceRef
  if (source && kind !== 'Application') {
    throw configInvalid('spec.sourceRef.source', 'is for an Application alone')
  }
  if (revision === 'deployed' && kind !== 'Application' && !spec.secrets.kustomization) {
    throw configInvalid('spec.sourceRef.revision', 'needs the Kustomization that deploys a GitRepository')
  }
  if (source === everySource && spec.secrets.kustomizePath) {
    throw configInvalid('spec.secrets.kustomizePath', 'stands beside all sources of an Application')
  }
  const choice = { ...(source && { source }), ...(revision === 'deployed' && { revision }) }
  return {
    sourceRef: sourceRef satisfies ObjectRef,
    ...(Object.keys(choice).length > 0 && { choice }),
    ...(gitCredentials && {
      gitCredentials: { name: gitCredentials.name, namespace: gitCredentials.namespace ?? ownNamespace },
    }),
  }
}

function parseParameters(configs: Spec['configs']): Pick<Config, 'parameters'> {
  if (!configs?.enabled) return {}
  const { parameterPath: path, parameterType: type } = configs
  return { parameters: { type, ...(path && { path }) } }
}

function parseInterval(text: string, field: string): number {
  const intervalMs = parseDuration(text)
  if (intervalMs === null) throw configInvalid(`spec.${field}`, 'must be a duration such as 90s, 1h30m or 2d')
  if (intervalMs < minimumIntervalMs) throw configInvalid(`spec.${field}`, 'must be at least 60 seconds')
  return intervalMs
}
