import type { Live } from '../plan/plan.ts'
import type { Desired, SecretName } from '../secrets/desired.ts'
import type { InventoryEntry } from '../state/records.ts'
import { classifyDrift, type DriftKind, describeFinding, type Finding, type IsOurs } from './finding.ts'

/** A secret that somebody else has changed, or taken away. */
export interface Drift {
  readonly name: SecretName
  readonly kind: DriftKind
  readonly finding: Finding
  /** Whether it was so at the last look already, which could not repair it or was not to. */
  readonly isKnown: boolean
  /** Whether it is as Git says again. */
  readonly repaired: boolean
}

export interface DriftQuestion {
  readonly wanted: readonly Pick<Desired, 'name' | 'versionId'>[]
  /** What the sync found before it wrote. */
  readonly live: ReadonlyMap<SecretName, Live>
  readonly isOurs: IsOurs
  readonly inventory: {
    readonly before: readonly InventoryEntry[]
    /** With what is left as it was found (`noteDrift`). */
    readonly after: readonly InventoryEntry[]
  }
}

/**
 * Wanted secrets that a sync found otherwise than the config has written them: those that the look before did not find
 * so, and of the others those that are repaired now. The version that Git wants now is none of it: only a run of this
 * config could have written that, and lost the answer. In the order of `wanted`.
 */
export function listDrift({ wanted, live, isOurs, inventory }: DriftQuestion): readonly Drift[] {
  const before = new Map(inventory.before.map((entry) => [entry.name, entry]))
  const after = new Map(inventory.after.map((entry) => [entry.name, entry]))
  return wanted.flatMap(({ name, versionId }) => {
    const entry = before.get(name)
    if (!entry) return []
    const finding = describeFinding(live.get(name), isOurs)
    if (finding === entry.versionId || finding === versionId) return []
    const isKnown = finding === entry.drift
    const repaired = after.get(name)?.drift === undefined
    return isKnown && !repaired ? [] : [{ name, kind: classifyDrift(finding), finding, isKnown, repaired }]
  })
}

/** How many of each kind are new, and how many of all were repaired. */
export function countDrift(drift: readonly Drift[]): Readonly<Record<DriftKind | 'repaired', number>> {
  const count = (kind: DriftKind) => drift.filter((found) => found.kind === kind && !found.isKnown).length
  return {
    edited: count('edited'),
    missing: count('missing'),
    ending: count('ending'),
    repaired: drift.filter(({ repaired }) => repaired).length,
  }
}
