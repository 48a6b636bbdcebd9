import type { Config } from '../config/config.ts'
import { SyncError } from '../errors.ts'
import { deriveVersionId } from '../plan/identity/version-id.ts'
import { SecretValue } from '../secret-value.ts'
import type { Desired, Tags } from '../secrets/desired.ts'
import { formatOrigin } from '../secrets/format-origin.ts'
import { assertDecrypted } from '../secrets/payload.ts'
import { decodeUtf8 } from '../utf8.ts'
import type { ParameterEntry } from './parameter-entry.ts'
import { formatParameterName, isParameterName } from './parameter-name.ts'
import { chooseTier } from './tier.ts'

export interface ParameterScope {
  readonly config: Pick<Config, 'aws' | 'secrets' | 'parameters'>
  readonly target: { readonly account: string; readonly region: string }
  readonly versionKey: Uint8Array
  readonly tags: Tags
}

/** The key that encrypts a SecureString where the config names none. */
export const defaultParameterKey = 'alias/aws/ssm'

/**
 * What a config wants in Parameter Store, each under a legal name and with a value that the store takes.
 * @throws {SyncError} ParameterNameInvalid, ParameterValueInvalid, ParameterTooLarge, SecretEmpty, SecretValueBinary,
 *   CiphertextLeftOver
 */
export function listParameters(entries: readonly ParameterEntry[], scope: ParameterScope): Desired[] {
  return entries.map((entry) => createParameter(entry, scope))
}

function createParameter(
  entry: ParameterEntry,
  { config, target, versionKey, tags }: ParameterScope,
): Desired {
  const { origin, prefix, key, tainted } = entry
  const { path, type } = config.parameters ?? {}
  const name = formatParameterName({ path, prefix, environment: config.secrets.environment, key })
  if (!isParameterName(name)) {
    throw new SyncError('ParameterNameInvalid', { data: { name, from: formatOrigin(origin) } })
  }
  assertValue(entry)
  const isSecure = tainted || type === 'SecureString'
  const kind = isSecure ? 'secure-parameter' : 'parameter'
  const kmsKeyId = config.aws.kmsKeyId ?? defaultParameterKey
  const payload = SecretValue.fromBytes(entry.bytes)
  const versionScope = { ...target, name, kind, ...(isSecure && { kmsKeyId }) } as const
  const versionId = deriveVersionId(versionKey, versionScope, payload)
  return { name, payload, kind, versionId, origin, tags }
}

/** Parameter Store would take `{{ssm:other}}` for a reference to another parameter. */
function assertValue({ bytes, origin }: ParameterEntry): void {
  const data = { from: formatOrigin(origin) }
  if (bytes.length === 0) throw new SyncError('SecretEmpty', { data })
  if (chooseTier(bytes.length) === null) {
    throw new SyncError('ParameterTooLarge', { data: { ...data, sizeBytes: bytes.length } })
  }
  assertDecrypted(bytes, origin)
  const text = decodeUtf8(bytes)
  if (text === null) throw new SyncError('SecretValueBinary', { data })
  if (/\{\{.*\}\}/s.test(text)) throw new SyncError('ParameterValueInvalid', { data })
}
