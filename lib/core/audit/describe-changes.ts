import type { Outcome } from '../plan/plan.ts'
import type { Desired, Origin, SecretName } from '../secrets/desired.ts'
import type { HistoryOutcome, InventoryEntry } from '../state/records.ts'
import type { KnownVersions } from './known-versions.ts'

/** What a sync did and found. */
export interface Changes {
  readonly outcomes: readonly Outcome[]
  readonly known: KnownVersions
  /** The inventory afterwards, or what of it is to be explained. */
  readonly inventory: readonly InventoryEntry[]
  readonly wanted?: readonly Pick<Desired, 'name' | 'origin'>[]
  /** Names that a run had begun to write: what is found under them is its work. */
  readonly begun?: readonly SecretName[]
}

/**
 * What the history says of a sync: its outcomes, and each version that it found where another was known. So the
 * history explains every change of the inventory, whoever made it.
 */
export function describeChanges({
  outcomes,
  known,
  inventory,
  wanted = [],
  begun = [],
}: Changes): readonly HistoryOutcome[] {
  const origins = new Map(wanted.map(({ name, origin }) => [name, origin]))
  const written = new Set(outcomes.filter(isAboutVersion).map(({ change }) => change.name))
  const found = inventory.filter(({ name, versionId }) => !written.has(name) && known.get(name) !== versionId)
  const complete = (outcome: HistoryOutcome) => addContext(outcome, known, origins)
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
  ]
}

/** A retag or a restore alone does not tell which version is there. */
function isAboutVersion({ change }: Outcome): boolean {
  return change.action !== 'retag' && change.action !== 'restore'
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

function addContext(
  outcome: HistoryOutcome,
  known: KnownVersions,
  origins: ReadonlyMap<SecretName, Origin>,
): HistoryOutcome {
  const from = known.get(outcome.name)
  const origin = outcome.versionId === undefined ? undefined : origins.get(outcome.name)
  return { ...outcome, ...(from === undefined ? {} : { from }), ...(origin ? { origin } : {}) }
}
