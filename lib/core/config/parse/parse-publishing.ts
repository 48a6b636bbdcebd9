import type { Adoption, Config } from '../config.ts'
import { findAdoptionProblem } from './adoption-problem.ts'
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
  const found = findAdoptionProblem(spec)
  if (found) throw configInvalid(`${path}.${found.field}`, found.problem)
  const { name, versionId, version } = spec
  if (all.findIndex((other) => other.name === name) < index) {
    throw configInvalid(`${path}.name`, 'is listed already')
  }
  return { name, ...(versionId !== undefined && { versionId }), ...(version !== undefined && { version }) }
}
