import { assertNever, SyncError } from '../errors.ts'
import type { SecretName } from '../secrets/desired.ts'
import type { Source } from '../source/source.ts'
import type { Config } from './config.ts'

/** What whoever deploys the service allows. */
export type Policy = SingleTenancy | ListedTenancy

interface OwnNames {
  /** Begin of the names of the service's own secrets, which no config writes. */
  readonly ownPrefix?: string
}

/** One tenant, who owns everything that is configured. */
export interface SingleTenancy extends OwnNames {
  readonly tenancy: 'single'
}

/** A tenant is the namespace of a config source; what is not listed for it is its own namespace only. */
export interface ListedTenancy extends OwnNames {
  readonly tenancy: 'listed'
  readonly tenants: readonly {
    /** `<source>/<namespace>` */
    readonly tenant: string
    /** Begins of the names that the secrets of the tenant may have. */
    readonly namePrefixes: readonly string[]
  }[]
}

/**
 * Judges what a config asks for, after every value is resolved and before the network is used. The answer is the
 * same whether the target exists or not.
 * @throws {SyncError} NotPermitted
 */
export function authorize(policy: Policy, { config, source }: { config: Config; source: Source }): void {
  switch (policy.tenancy) {
    case 'single':
      return
    case 'listed':
      if (source.origin.namespace !== config.namespace) {
        throw new SyncError('NotPermitted', { data: { path: 'spec.sourceRef.namespace' } })
      }
      return
    default:
      assertNever(policy)
  }
}

/**
 * Judges the names that a config would write, templates expanded. Nothing has been asked of the store by then.
 * @throws {SyncError} NotPermitted, naming the first of them
 */
export function authorizeNames(
  policy: Policy,
  { id }: Pick<Config, 'id'>,
  names: readonly SecretName[],
): void {
  const { ownPrefix } = policy
  const refused = names.find(
    (name) => (ownPrefix !== undefined && name.startsWith(ownPrefix)) || !isGranted(policy, id, name),
  )
  if (refused !== undefined) throw new SyncError('NotPermitted', { data: { secret: refused } })
}

function isGranted(policy: Policy, id: Config['id'], name: SecretName): boolean {
  if (policy.tenancy === 'single') return true
  return policy.tenants
    .filter(({ tenant }) => id.startsWith(`${tenant}/`))
    .some(({ namePrefixes }) => namePrefixes.some((prefix) => name.startsWith(prefix)))
}
