import { SyncError } from '../../errors.ts'
import type { Tags } from '../../secrets/desired.ts'
import { findTagProblem } from '../../secrets/tags.ts'
import type { AwsTarget } from '../config.ts'
import { configInvalid } from './config-invalid.ts'
import type { Spec } from './config-schema.ts'
import { findReplicaKey } from './replica-key.ts'

const providers = ['aws', 'gcp', 'azure'] as const

/**
 * Where a config publishes to. Exactly one provider is named.
 * @throws {SyncError} ConfigInvalid, ProviderUnsupported
 */
export function parseAwsTarget(provider: Spec['provider']): AwsTarget {
  const named = providers.filter((name) => provider[name] !== undefined)
  if (named.length !== 1)
    throw configInvalid('spec.provider', `must name exactly one of ${providers.join(', ')}`)
  const { aws } = provider
  if (!aws) {
    const [name = ''] = named
    throw new SyncError('ProviderUnsupported', { data: { path: `spec.provider.${name}`, provider: name } })
  }
  return {
    region: aws.region,
    ...(aws.auth && { roleArn: aws.auth.roleArn }),
    ...(aws.kmsKeyId !== undefined && { kmsKeyId: aws.kmsKeyId }),
    ...(aws.description && { description: aws.description }),
    tags: parseTags(aws.tags),
    replicaRegions: parseReplicaRegions(aws),
  }
}

const regionsPath = 'spec.provider.aws.replicaRegions'

function parseReplicaRegions({ region, replicaRegions, kmsKeyId }: NonNullable<Spec['provider']['aws']>) {
  if (replicaRegions.includes(region)) throw configInvalid(regionsPath, 'must not hold the region itself')
  if (replicaRegions.length > 0 && findReplicaKey(kmsKeyId) === null) {
    throw configInvalid(regionsPath, 'needs an alias or a multi-Region key as spec.provider.aws.kmsKeyId')
  }
  return [...new Set(replicaRegions)]
}

const path = 'spec.provider.aws.tags'

function parseTags(written: unknown): Tags {
  if (written === undefined) return {}
  if (typeof written !== 'object' || written === null || Array.isArray(written)) {
    throw configInvalid(path, 'must be a map')
  }
  const tags = Object.fromEntries(
    Object.entries(written).map(([key, value]) => [key, parseTagValue(key, value)]),
  )
  const found = findTagProblem(tags)
  if (found) throw configInvalid(found.key === '' ? path : `${path}.${found.key}`, found.problem)
  return tags
}

function parseTagValue(key: string, value: unknown): string {
  if (typeof value !== 'string') throw configInvalid(`${path}.${key}`, 'must be text')
  return value
}
