import { readFileSync } from 'node:fs'
import type { ConfigLocation } from '../core/config/config-location.ts'
import { parsePolicy } from '../core/config/policy/parse-policy.ts'
import type { Policy } from '../core/config/policy/policy.ts'
import { SyncError } from '../core/errors.ts'

export interface PolicySetting {
  /** The path of a policy file, `single`, or nothing. */
  readonly policy: string
  /** Where configs come from: whoever writes files of the deployment is trusted, whoever writes to a cluster is not. */
  readonly locations: readonly Pick<ConfigLocation, 'kind'>[]
}

/**
 * Who may use what: as the policy file says, everybody everything with `single`, which is also what nothing means as
 * long as all configs are files.
 * @throws {SyncError} PolicyMissing, PolicyInvalid
 */
export function readPolicy({ policy, locations }: PolicySetting): Policy {
  if (policy === 'single') return { tenancy: 'single' }
  if (policy !== '') return parsePolicy(readText(policy))
  if (locations.some(({ kind }) => kind === 'cluster')) throw new SyncError('PolicyMissing')
  return { tenancy: 'single' }
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (cause) {
    throw new SyncError('PolicyInvalid', { data: { path, problem: 'cannot be read' }, cause })
  }
}
