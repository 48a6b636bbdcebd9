import { SyncError } from '../errors.ts'
import type { SecretValue } from '../secret-value.ts'
import type { ParameterKind, SecretName } from '../secrets/desired.ts'
import { isParameterName } from './parameter-name.ts'
import { chooseTier } from './tier.ts'

/** What Parameter Store calls the kind. */
export function parameterTypeOf(kind: ParameterKind): 'String' | 'SecureString' {
  return kind === 'parameter' ? 'String' : 'SecureString'
}

/**
 * A parameter that the store would take as far as its own fields tell.
 * @throws {SyncError} ParameterNameInvalid, SecretEmpty, ParameterTooLarge
 */
export function assertParameter({
  name,
  value,
}: {
  readonly name: SecretName
  readonly value: SecretValue
}): void {
  if (!isParameterName(name)) throw new SyncError('ParameterNameInvalid', { data: { name } })
  if (value.sizeBytes === 0) throw new SyncError('SecretEmpty', { data: { name } })
  if (chooseTier(value.sizeBytes) === null) {
    throw new SyncError('ParameterTooLarge', { data: { name, sizeBytes: value.sizeBytes } })
  }
}
