import type { DriftKind } from '../drift/finding.ts'
import type { Drift } from '../drift/list-drift.ts'
import type { Outcome } from '../plan/plan.ts'
import type { Origin, SecretName, Wanted } from '../secrets/desired.ts'
import type { HistoryOutcome, InventoryEntry } from '../state/records.ts'
import type { KnownVersions } from './known-versions.ts'

/** What a sync did and found. */
export interface Changes {
  readonly outcomes: readonly Outcome[]
  readonly known: KnownVersions
  /** The inventory afterwards, or what of it is to be explained. */
  readonly inventory: readonly InventoryEntry[]
  readonly wanted?: readonly Pick<Wanted, 'name' | 'origin'>[]
  /** What somebody else had changed before. */
  readonly drift?: readonly Drift[]
  /** Names that a run had begun to write: what is found under them is its work. */
  readonly begun?: readonly SecretName[]
  /** Names that are the config's no more, also where that is in the history already. */
  readonly ended?: readonly SecretName[]
}

/**
 * What the history says of a sync: its outcomes, and each version that it found where another was known, and each
 * secret that it lost. So the history explains every change of the inventory, whoever made it.
 */
export function describeChanges({
  outcomes,
  known,
  inventory,
  wanted = [],
  begun = [],
  drift = [],
  ended = [],
}: Changes): readonly HistoryOutcome[] {
  const origins = new Map(wanted.flatMap(({ name, origin }) => (origin ? [[name, origin]] : [])))
  const written = new Set(outcomes.filter(isAboutVersion).map(({ change }) => change.name))
  const found = inventory.filter(
    ({ name, versionId, isEnded }) => !isEnded && !written.has(name) && known.get(name) !== versionId,
  )
  const kinds = new Map(drift.map(({ name, kind }) => [name, kind]))
  const complete = (outcome: HistoryOutcome) => addContext(outcome, { known, origins, kinds })
  const named = new Set(outcomes.map(({ change }) => change.name))
  const deleted = new Set(outcomes.filter(isDeletion).map(({ change }) => change.name))
  const left = drift.filter(({ name, repaired }) => !repaired && !named.has(name))
  return [
    ...outcomes.map(describeOutcome).map(complete),
    ...found.map(({ name, versionId }) =>
      complete({
        action: begun.includes(name) ? writeOf(name, known) : 'found',
        name,
        result: 'applied',
        versionId,
      }),
    ),
    ...ended
      .filter((name) => known.has(name) && !deleted.has(name))
      .map((name) =>
        complete({ action: begun.includes(name) ? 'delete' : 'released', name, result: 'applied' }),
      ),
    ...left.map(describeLeft).map(complete),
  ]
}

/** Whatever else was done to a secret, or was to be done, does not tell which version is there. */
function isAboutVersion({ change, result }: Outcome): boolean {
  return result === 'applied' && 'versionId' in change
}

function isDeletion({ change, result }: Outcome): boolean {
  return change.action === 'delete' && result === 'applied'
}

function writeOf(name: SecretName, known: KnownVersions): 'create' | 'update' {
  return known.has(name) ? 'update' : 'create'
}

function describeOutcome({ change, result, versionId, code }: Outcome): HistoryOutcome {
  return {
    action: change.action,
    name: change.name,
    result,
    ...(versionId === undefined ? {} : { versionId }),
    ...(code === undefined ? {} : { code }),
  }
}

/** A change of somebody else that stays, since the config says so. */
function describeLeft({ name, kind, finding }: Drift): HistoryOutcome {
  return { action: 'drifted', name, result: 'skipped', ...(kind === 'edited' ? { versionId: finding } : {}) }
}

interface Context {
  readonly known: KnownVersions
  readonly origins: ReadonlyMap<SecretName, Origin>
  readonly kinds: ReadonlyMap<SecretName, DriftKind>
}

function addContext(outcome: HistoryOutcome, { known, origins, kinds }: Context): HistoryOutcome {
  const { name, action, versionId } = outcome
  const from = known.get(name)
  const origin = versionId === undefined || action === 'drifted' ? undefined : origins.get(name)
  const drift = kinds.get(name)
  return {
    ...outcome,
    ...(from === undefined ? {} : { from }),
    ...(origin ? { origin } : {}),
    ...(drift ? { drift } : {}),
  }
}
