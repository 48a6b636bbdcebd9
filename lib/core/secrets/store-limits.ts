import { SyncError } from '../errors.ts'
import type { SecretValue } from '../secret-value.ts'
import type { SecretName, Tags, VersionId } from './desired.ts'

/**
 * Limits of AWS Secrets Manager, which every store keeps.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/reference_limits.html
 */
export const storeLimits = {
  nameLength: 512,
  valueSizeBytes: 65_536,
  versionIdLength: { min: 32, max: 64 },
  /** Versions without a label are dropped beyond this count, but not before `versionMinimumAgeMs`. */
  versions: 100,
  versionMinimumAgeMs: 24 * 60 * 60 * 1000,
  stagingLabels: 20,
  tags: 50,
  tagKeyLength: 128,
  tagValueLength: 256,
  recoveryWindowDays: { min: 7, max: 30 },
} as const

const nameCharacters = /^[A-Za-z0-9/_+=.@-]+$/
const tagCharacters = /^[\p{L}\p{Z}\p{N}_.:/=+\-@]*$/u

/** Whether the store takes this name. */
export function isSecretName(name: string): boolean {
  return name.length <= storeLimits.nameLength && nameCharacters.test(name)
}

/** @throws {SyncError} SecretNameInvalid */
export function assertSecretName(name: SecretName): void {
  if (!isSecretName(name)) throw new SyncError('SecretNameInvalid', { data: { name } })
}

/**
 * A version that the store would take as far as its own fields tell.
 * @throws {SyncError} SecretNameInvalid, SecretEmpty, SecretTooLarge, InternalError for an illegal version id
 */
export function assertStorable(version: {
  readonly name: SecretName
  readonly versionId: VersionId
  readonly value: SecretValue
}): void {
  const { name, versionId, value } = version
  assertSecretName(name)
  if (value.sizeBytes === 0) throw new SyncError('SecretEmpty', { data: { name } })
  if (value.sizeBytes > storeLimits.valueSizeBytes) {
    throw new SyncError('SecretTooLarge', { data: { name, sizeBytes: value.sizeBytes } })
  }
  const { min, max } = storeLimits.versionIdLength
  if (versionId.length < min || versionId.length > max) {
    throw new SyncError('InternalError', { data: { name, versionIdLength: versionId.length } })
  }
}

/**
 * All tags of one secret.
 * @throws {SyncError} SecretTagsInvalid
 */
export function assertTags(name: SecretName, tags: Tags): void {
  const entries = Object.entries(tags)
  if (entries.length > storeLimits.tags) {
    throw new SyncError('SecretTagsInvalid', { data: { name, count: entries.length } })
  }
  const illegal = entries.filter(([key, value]) => !isTag(key, value)).map(([key]) => key)
  if (illegal.length > 0) throw new SyncError('SecretTagsInvalid', { data: { name, tags: illegal } })
}

/** Whether AWS takes this tag. */
export function isTag(key: string, value: string): boolean {
  return (
    key.length > 0 &&
    key.length <= storeLimits.tagKeyLength &&
    value.length <= storeLimits.tagValueLength &&
    tagCharacters.test(key) &&
    tagCharacters.test(value) &&
    !key.toLowerCase().startsWith('aws:')
  )
}

/** @throws {SyncError} InternalError: configs are checked long before */
export function assertRecoveryWindow(days: number): void {
  const { min, max } = storeLimits.recoveryWindowDays
  if (!Number.isInteger(days) || days < min || days > max) {
    throw new SyncError('InternalError', { data: { recoveryWindowDays: days } })
  }
}
