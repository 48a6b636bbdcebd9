import { SyncError } from '../../errors.ts'
import { isParameter, toStoreName } from '../../parameters/parameter-name.ts'
import type { SecretName } from '../../secrets/desired.ts'
import { describeKey, type KeyEntry } from '../../sops/keys/key-entry.ts'
import type { Source } from '../../source/source.ts'
import type { Config, ConfigId } from '../config.ts'
import { formatTenant } from '../config-id.ts'
import { type Judgement, judgeConfig, judgeSource } from './judge-config.ts'
import { findGrant, type Policy } from './policy.ts'
import { matchesAny } from './wildcard.ts'

/**
 * Judges what a config asks for, after every value is resolved and before the network is used. The answer is the
 * same whether the target exists or not.
 * @throws {SyncError} NotPermitted, naming the field
 */
export function authorizeConfig(policy: Policy, config: Config): void {
  assertPermitted(judgeConfig(policy, config))
}

/**
 * Judges where the source of a config leads, before that is asked anything.
 * @throws {SyncError} NotPermitted
 */
export function authorizeSource(policy: Policy, config: Config, source: Source): void {
  assertPermitted(judgeSource(policy, config, source))
}

/**
 * Judges the names that a config would write, templates expanded. Nothing has been asked of the store by then.
 * @throws {SyncError} NotPermitted, naming the first of them
 */
export function authorizeNames(
  policy: Policy,
  { id }: Pick<Config, 'id'>,
  names: readonly SecretName[],
): void {
  const { ownPrefix } = policy
  const everything = { namePrefixes: [''], parameterPrefixes: [''] }
  const grant = policy.tenancy === 'single' ? everything : findGrant(policy, formatTenant(id))
  const isPermitted = (name: SecretName) =>
    isParameter(name)
      ? (grant.parameterPrefixes ?? []).some((begin) => toStoreName(name).startsWith(begin))
      : grant.namePrefixes.some((begin) => name.startsWith(begin)) &&
        !(ownPrefix !== undefined && name.startsWith(ownPrefix))
  const refused = names.find((name) => !isPermitted(name))
  if (refused !== undefined) throw new SyncError('NotPermitted', { data: { secret: refused } })
}

/** Whether the policy lets files of a config be encrypted for a key. */
export function isKeyPermitted(policy: Policy, id: ConfigId, entry: KeyEntry): boolean {
  if (policy.tenancy === 'single') return true
  const { decryptionKeys = [] } = findGrant(policy, formatTenant(id))
  return matchesAny(decryptionKeys, entry.kind === 'kms' ? entry.arn : describeKey(entry))
}

function assertPermitted(judgements: readonly Judgement[]): void {
  const refused = judgements.find(({ permitted }) => !permitted)
  if (refused) throw new SyncError('NotPermitted', { data: { path: refused.path } })
}
