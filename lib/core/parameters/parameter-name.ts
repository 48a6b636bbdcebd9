import type { SecretName } from '../secrets/desired.ts'

/**
 * What the names of parameters begin with wherever secrets and parameters stand side by side: in plans, inventories
 * and history. No name of a secret holds a colon.
 */
const scheme = 'ssm:'

/**
 * Limits of Parameter Store: 1,011 characters with the ARN before the name, of which up to 111 are the ARN's.
 * @see https://docs.aws.amazon.com/systems-manager/latest/userguide/sysman-paramstore-su-create.html
 */
const limits = { length: 900, levels: 15 } as const

const nameCharacters = /^(?:\/[A-Za-z0-9._-]+)+$/
const reserved = /^\/(?:aws|ssm)/i

/** What a parameter's name is made of; `path` stands for prefix and environment. */
export interface ParameterNameParts {
  readonly path?: string | undefined
  readonly prefix: string
  readonly environment: string
  readonly key: string
}

/** The name as the original controller forms it: of the key, `.` and `/` alone become `_`. */
export function formatParameterName({ path, prefix, environment, key }: ParameterNameParts): SecretName {
  const folder = path ?? `/${prefix}/${environment}`
  return `${scheme}${folder.startsWith('/') ? '' : '/'}${folder}/${key.replaceAll(/[./]/g, '_')}`
}

/** Whether a name is that of a parameter. */
export function isParameter(name: SecretName): boolean {
  return name.startsWith(scheme)
}

/** The name as Parameter Store has it, from `/`. */
export function toStoreName(name: SecretName): string {
  return name.slice(scheme.length)
}

/** The name among secrets of what Parameter Store calls `name`. */
export function fromStoreName(name: string): SecretName {
  return `${scheme}${name}`
}

/** Whether Parameter Store takes this name. */
export function isParameterName(name: SecretName): boolean {
  const stored = toStoreName(name)
  return (
    isParameter(name) &&
    stored.length <= limits.length &&
    nameCharacters.test(stored) &&
    !reserved.test(stored) &&
    stored.split('/').length - 1 <= limits.levels
  )
}
