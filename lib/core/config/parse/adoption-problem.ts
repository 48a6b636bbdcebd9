import { isParameter, isParameterName } from '../../parameters/parameter-name.ts'
import { isSecretName, storeLimits } from '../../secrets/store-limits.ts'

/** What somebody writes to name what is to be adopted; nothing of it is judged yet. */
export interface AdoptionText {
  readonly name: string
  readonly versionId?: string | undefined
  readonly version?: number | undefined
}

export interface AdoptionProblem {
  readonly field: keyof AdoptionText
  readonly problem: string
}

/** What is wrong with an adoption; `undefined` where nothing is. */
export function findAdoptionProblem(adoption: AdoptionText): AdoptionProblem | undefined {
  return isParameter(adoption.name) ? judgeParameter(adoption) : judgeSecret(adoption)
}

/** A version id of AWS is a UUID, where the writer has not chosen another. */
function judgeSecret({ name, versionId, version }: AdoptionText): AdoptionProblem | undefined {
  if (!isSecretName(name)) return { field: 'name', problem: 'must be the name of a secret' }
  if (version !== undefined) {
    return { field: 'version', problem: 'is for parameters; a secret has versionId' }
  }
  const { min, max } = storeLimits.versionIdLength
  const isLegal = versionId !== undefined && versionId.length >= min && versionId.length <= max
  return isLegal ? undefined : { field: 'versionId', problem: `must have ${min} to ${max} characters` }
}

function judgeParameter({ name, versionId, version }: AdoptionText): AdoptionProblem | undefined {
  if (!isParameterName(name)) return { field: 'name', problem: 'must be the name of a parameter' }
  if (versionId !== undefined) {
    return { field: 'versionId', problem: 'is for secrets; a parameter has version' }
  }
  return version === undefined ? { field: 'version', problem: 'must be the version number' } : undefined
}
