import { findRepositoryKey, type RepositoryKey } from '../../source/url.ts'

/** What whoever deploys the service allows. */
export type Policy = SingleTenancy | ListedTenancy

interface Rules {
  /** Begin of the names of the service's own secrets, which no config writes. */
  readonly ownPrefix?: string
  readonly repositoryRules?: readonly RepositoryRule[]
}

/** What a revision must be to be published, whoever follows the repository. */
export interface RepositoryRule {
  /** The repositories at or below it, however the URL of a source is written. */
  readonly url: string
  /** Whether a branch must contain what was published from it before. */
  readonly fastForward?: boolean
  /** Public keys, one of which must have signed the commit: lines of `authorized_keys`, or armored PGP keys. */
  readonly signedBy?: readonly string[]
}

/** One tenant, who owns everything that is configured. */
export interface SingleTenancy extends Rules {
  readonly tenancy: 'single'
}

/** A tenant is the namespace of a config source; what is not listed for it is its own namespace only. */
export interface ListedTenancy extends Rules {
  readonly tenancy: 'listed'
  readonly tenants: readonly TenantGrant[]
}

/** What one tenant may use. In ARNs and ids of keys `*` stands for anything. */
export interface TenantGrant {
  /** `<source>/<namespace>` */
  readonly tenant: string
  /** Namespaces beside its own whose sources and credentials its configs may name. */
  readonly sourceNamespaces?: readonly string[]
  /** URLs at or below which repositories must lie, whole segments of the path; any repository where absent. */
  readonly repositories?: readonly string[]
  /** Begins of the names that the secrets of the tenant may have. */
  readonly namePrefixes: readonly string[]
  /** Begins of the names that its parameters may have. */
  readonly parameterPrefixes?: readonly string[]
  /** Keys that its files may be encrypted for: age recipients, fingerprints, ARNs, addresses. */
  readonly decryptionKeys?: readonly string[]
  /** ARNs of roles that its configs may name. */
  readonly roles?: readonly string[]
  /** Accounts that its roles may be in; any where absent. */
  readonly accounts?: readonly string[]
  /** Regions that its secrets may be in; any where absent. */
  readonly regions?: readonly string[]
  /** KMS keys that its secrets may be encrypted with. */
  readonly encryptionKeys?: readonly string[]
  /** Whether it may take over foreign secrets. */
  readonly adopt?: boolean
  /** Whether what it no longer names may be deleted. */
  readonly prune?: boolean
}

/** What the policy grants to a tenant, `<source>/<namespace>`; nothing but its own namespace where it is not listed. */
export function findGrant({ tenants }: ListedTenancy, tenant: string): TenantGrant {
  return tenants.find((grant) => grant.tenant === tenant) ?? { tenant, namePrefixes: [] }
}

/**
 * The rules for a repository: all of them hold. Letter case does not count, since it does not for most hosts, and a
 * rule must not be evaded by it.
 */
export function findRepositoryRules(
  { repositoryRules = [] }: Policy,
  key: RepositoryKey,
): readonly RepositoryRule[] {
  const wanted = `${key}/`.toLowerCase()
  return repositoryRules.filter(({ url }) => {
    const prefix = findRepositoryKey(url) ?? URL.parse(url)?.host
    return prefix !== undefined && wanted.startsWith(`${prefix}/`.toLowerCase())
  })
}
