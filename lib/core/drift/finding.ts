import { isOwnedBy, type OwnershipScope, parseOwner } from '../plan/identity/ownership.ts'
import type { Live } from '../plan/plan.ts'
import type { VersionId } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'

/** In what way a secret is not as its config has written it. */
export type DriftKind = 'edited' | 'missing' | 'ending'

/**
 * How a secret of a config is found, as one word: the version that is current, or `missing` (gone, or no longer marked
 * as the config's), `ending` (scheduled for deletion), `unlabelled` (no version is current).
 */
export type Finding = VersionId | 'missing' | 'ending' | 'unlabelled'

/** What tells whether a secret still belongs to a config. */
export type IsOurs = (live: Live) => boolean

/** Whether a secret carries the valid mark of the config `configId`. */
export function createIsOurs(ownership: OwnershipScope, configId: string): IsOurs {
  return ({ name, tags }) => {
    const owner = parseOwner(ownership, name, tags)
    return owner !== undefined && isOwnedBy(owner, ownership.deployment, configId)
  }
}

/** The word for `live`; lists show no secret that has lost its mark, so that one is `missing` wherever it is seen. */
export function describeFinding(live: Live | undefined, isOurs: IsOurs): Finding {
  if (!live || !isOurs(live)) return 'missing'
  if (live.deletionAt !== undefined) return 'ending'
  return live.current ?? 'unlabelled'
}

/** What is expected to be found: what the config has written, or what the last look has found instead and left so. */
export function expectFinding({ versionId, drift }: Pick<InventoryEntry, 'versionId' | 'drift'>): Finding {
  return drift ?? versionId
}

/** In what way `finding` is not what a config has written. */
export function classifyDrift(finding: Finding): DriftKind {
  return finding === 'missing' || finding === 'ending' ? finding : 'edited'
}
