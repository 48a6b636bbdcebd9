import type { Source } from '../../source/source.ts'
import { isWithinUrlPrefix } from '../../source/url-prefix.ts'
import type { Config } from '../config.ts'
import { formatTenant } from '../config-id.ts'
import { findGrant, type Policy, type TenantGrant } from './policy.ts'
import { matchesAny } from './wildcard.ts'

/** One thing that a config asks for, what is granted of the kind, and whether the one is in the other. */
export interface Judgement {
  /** The field that asks, or the rule of the policy where no field does. */
  readonly path: string
  readonly asked: string
  /** `any` where nothing is ruled out. */
  readonly granted: readonly string[] | 'any'
  readonly permitted: boolean
}

/** Everything that the spec of a config asks for, judged; nothing in single tenancy, which grants it all. */
export function judgeConfig(policy: Policy, config: Config): readonly Judgement[] {
  if (policy.tenancy === 'single') return []
  const grant = findGrant(policy, formatTenant(config.id))
  const { sourceRef, gitCredentials, aws } = config
  const { kustomization } = config.secrets
  const namespaces = [config.namespace, ...(grant.sourceNamespaces ?? [])]
  return [
    judge('spec.sourceRef.namespace', sourceRef.namespace, namespaces),
    ...(gitCredentials
      ? [judge('spec.sourceRef.gitCredentials.namespace', gitCredentials.namespace, namespaces)]
      : []),
    ...(kustomization
      ? [judge('spec.secrets.kustomization.namespace', kustomization.namespace, namespaces)]
      : []),
    judge('spec.provider.aws.region', aws.region, grant.regions ?? 'any'),
    ...aws.replicaRegions.map((region) =>
      judge('spec.provider.aws.replicaRegions', region, grant.regions ?? 'any'),
    ),
    ...judgeRole(grant, aws.roleArn),
    ...(aws.kmsKeyId === undefined
      ? []
      : [judge('spec.provider.aws.kmsKeyId', aws.kmsKeyId, grant.encryptionKeys ?? [])]),
    ...(config.adopt.length === 0 ? [] : [judgeFlag('spec.adopt', 'adopt', grant.adopt)]),
    ...(config.prune === 'schedule' ? [judgeFlag('spec.prune', 'schedule', grant.prune)] : []),
  ]
}

/** Where the source of a config leads, judged. */
export function judgeSource(
  policy: Policy,
  { id }: Pick<Config, 'id'>,
  { url }: Source,
): readonly Judgement[] {
  if (policy.tenancy === 'single') return []
  const { repositories } = findGrant(policy, formatTenant(id))
  const permitted = repositories?.some((prefix) => isWithinUrlPrefix(url, prefix)) ?? true
  return [{ path: 'spec.sourceRef', asked: url, granted: repositories ?? 'any', permitted }]
}

function judgeRole({ roles = [], accounts }: TenantGrant, roleArn: string | undefined): Judgement[] {
  if (roleArn === undefined) return []
  const path = 'spec.provider.aws.auth.roleArn'
  const account = roleArn.split(':')[4] ?? ''
  return [judge(path, roleArn, roles), { ...judge(path, account, accounts ?? 'any') }]
}

function judge(path: string, asked: string, granted: readonly string[] | 'any'): Judgement {
  return { path, asked, granted, permitted: granted === 'any' || matchesAny(granted, asked) }
}

function judgeFlag(path: string, asked: string, flag = false): Judgement {
  return { path, asked, granted: flag ? [asked] : [], permitted: flag }
}
