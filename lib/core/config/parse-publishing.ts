import { isParameter, isParameterName } from '../parameters/parameter-name.ts'
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

type AdoptionSpec = Spec['adopt'][number]

function parseAdoption(spec: AdoptionSpec, index: number, all: readonly AdoptionSpec[]): Adoption {
  const path = `spec.adopt[${index}]`
  if (all.findIndex(({ name }) => name === spec.name) < index) {
    throw configInvalid(`${path}.name`, 'is listed already')
  }
  return isParameter(spec.name) ? parseParameterAdoption(spec, path) : parseSecretAdoption(spec, path)
}

/** A version id of AWS is a UUID, where the writer has not chosen another. */
function parseSecretAdoption({ name, versionId, version }: AdoptionSpec, path: string): Adoption {
  if (!isSecretName(name)) throw configInvalid(`${path}.name`, 'must be the name of a secret')
  if (version !== undefined)
    throw configInvalid(`${path}.version`, 'is for parameters; a secret has versionId')
  const { min, max } = storeLimits.versionIdLength
  if (versionId === undefined || versionId.length < min || versionId.length > max) {
    throw configInvalid(`${path}.versionId`, `must have ${min} to ${max} characters`)
  }
  return { name, versionId }
}

function parseParameterAdoption({ name, versionId, version }: AdoptionSpec, path: string): Adoption {
  if (!isParameterName(name)) throw configInvalid(`${path}.name`, 'must be the name of a parameter')
  if (versionId !== undefined) {
    throw configInvalid(`${path}.versionId`, 'is for secrets; a parameter has version')
  }
  if (version === undefined) throw configInvalid(`${path}.version`, 'must be the version number')
  return { name, version }
}
