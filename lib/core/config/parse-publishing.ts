import { isSecretName, storeLimits } from '../secrets/store-limits.ts'
import type { Adoption, Config } from './config.ts'
import { configInvalid } from './config-invalid.ts'
import type { Spec } from './config-schema.ts'

/**
 * What may be written over and taken away.
 * @throws {SyncError} ConfigInvalid
 */
export function parsePublishing({
  prune,
  recoveryWindowDays,
  adopt,
  publish,
}: Spec): Pick<Config, 'publish' | 'prune' | 'recoveryWindowDays' | 'adopt'> {
  return { publish, prune, recoveryWindowDays, adopt: adopt.map(parseAdoption) }
}

/** A version id of AWS is a UUID, where the writer has not chosen another. */
function parseAdoption({ name, versionId }: Adoption, index: number, all: readonly Adoption[]): Adoption {
  const path = `spec.adopt[${index}]`
  if (!isSecretName(name)) throw configInvalid(`${path}.name`, 'must be the name of a secret')
  if (all.findIndex((other) => other.name === name) < index) {
    throw configInvalid(`${path}.name`, 'is listed already')
  }
  const { min, max } = storeLimits.versionIdLength
  if (versionId.length < min || versionId.length > max) {
    throw configInvalid(`${path}.versionId`, `must have ${min} to ${max} characters`)
  }
  return { name, versionId }
}
