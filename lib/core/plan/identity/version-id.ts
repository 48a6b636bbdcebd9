import type { SecretValue } from '../../secret-value.ts'
import type { Desired, SecretName, VersionId } from '../../secrets/desired.ts'
import { formatParts } from './mac-parts.ts'

/** What a version id is bound to: equal values of two secrets have unequal ids. */
export interface VersionScope {
  readonly account: string
  readonly region: string
  readonly name: SecretName
  readonly kind: Desired['kind']
  /** Absent for the default key of the store. */
  readonly kmsKeyId?: string
}

/**
 * The content-addressed id of a version: HMAC-SHA-256 under the version key over the scope and the value, as 64 hex
 * characters. Whoever has no key learns from it only whether a secret has had the same value before.
 */
export function deriveVersionId(key: Uint8Array, scope: VersionScope, value: SecretValue): VersionId {
  const { account, region, name, kind, kmsKeyId } = scope
  const prefix = formatParts('smc-version-1', account, region, name, kind, kmsKeyId ?? '')
  return Buffer.from(value.mac(key, prefix)).toString('hex')
}
