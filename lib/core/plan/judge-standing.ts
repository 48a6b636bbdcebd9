import type { Adoption, Config, ConfigId } from '../config/config.ts'
import type { VersionId } from '../secrets/desired.ts'
import { isOwnedBy, type OwnershipScope, parseOwner } from './identity/ownership.ts'
import type { ConflictReason, Live } from './plan.ts'

/** What a config may do with a secret that is there. */
export type Standing =
  | { readonly kind: 'ours' }
  /** Nobody's, and the config names it under `adopt` with the version that it has. */
  | { readonly kind: 'adoptable'; readonly at: VersionId }
  | {
      readonly kind: 'conflict'
      readonly code: 'SecretNotOwned' | 'SecretOwnedElsewhere' | 'SecretManagedElsewhere'
      readonly because: ConflictReason
      /** The config that has marked it, where one has. */
      readonly owner?: ConfigId
    }

/** Whether an adoption means the secret as it is now. */
function isNamed({ versionId, version }: Adoption, { current, parameter }: Live): boolean {
  return parameter ? version === parameter.number : versionId === current
}

/**
 * Foreign secrets, forged marks and secrets that AWS or somebody else writes are never touched. A valid mark is never
 * adopted over: two configs would take the secret from one another for ever.
 */
export function judgeStanding(
  ownership: OwnershipScope,
  { id, adopt }: Pick<Config, 'id' | 'adopt'>,
  live: Live,
): Standing {
  const { name, tags, current, managedElsewhere } = live
  if (managedElsewhere !== undefined) {
    return { kind: 'conflict', code: 'SecretManagedElsewhere', because: managedElsewhere }
  }
  const owner = parseOwner(ownership, name, tags)
  if (owner?.valid) {
    if (isOwnedBy(owner, ownership.deployment, id)) return { kind: 'ours' }
    const because = owner.deployment === ownership.deployment ? 'other-config' : 'other-deployment'
    return { kind: 'conflict', code: 'SecretOwnedElsewhere', because, owner: owner.configId }
  }
  const adoption = adopt.find((listed) => listed.name === name)
  if (!adoption) {
    return { kind: 'conflict', code: 'SecretNotOwned', because: owner ? 'mark-invalid' : 'not-marked' }
  }
  return current !== undefined && isNamed(adoption, live)
    ? { kind: 'adoptable', at: current }
    : { kind: 'conflict', code: 'SecretNotOwned', because: 'adopted-version-differs' }
}
