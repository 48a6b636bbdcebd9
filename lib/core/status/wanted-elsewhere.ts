import type { ConfigId } from '../config/config.ts'
import { formatTenant } from '../config/config-id.ts'
import { shortenId } from '../plan/identity/ownership.ts'
import type { Plan } from '../plan/plan.ts'
import type { ConfigHead } from '../state/records.ts'
import type { IsoTime } from '../time.ts'
import { stampConditions } from './conditions.ts'
import { formatNames } from './format-names.ts'
import type { Condition } from './status.ts'

/** What the head of a config is to say of a plan that wants secrets of other configs. */
export function describeOwnedElsewhere({
  changes,
}: Pick<Plan, 'changes'>): Pick<ConfigHead, 'ownedElsewhere'> {
  const ownedElsewhere = changes.flatMap((change) =>
    change.action === 'conflict' && change.because === 'other-config' && change.owner !== undefined
      ? [{ name: change.name, owner: change.owner }]
      : [],
  )
  return ownedElsewhere.length === 0 ? {} : { ownedElsewhere }
}

/** Whether a condition says that other configs want names of this one. */
export function isWantedElsewhere({ type }: Pick<Condition, 'type'>): boolean {
  return type === 'WantedElsewhere'
}

/**
 * The heads whose status does not say yet who else wants their names, or still does though nobody does, each with
 * the head that says it. Where `isShared`, all configs are of one tenant; else only a config of the same tenant is
 * named. A config that a run is at work for is left for later.
 */
export function listUntold(
  heads: readonly ConfigHead[],
  { isShared, at }: { readonly isShared: boolean; readonly at: IsoTime },
): readonly { readonly before: ConfigHead; readonly after: ConfigHead }[] {
  const rivals = listRivals(heads)
  return heads.flatMap((before) => {
    const told = before.status.conditions.find(isWantedElsewhere)
    const message = describeRivals(before.id, rivals.get(shortenId(before.id)) ?? [], isShared)
    if (before.lease || told?.message === message) return []
    return [{ before, after: withMessage(before, message, at) }]
  })
}

interface Rival {
  readonly name: string
  readonly configId: ConfigId
}

/** By the id of the owner as its mark holds it. */
function listRivals(heads: readonly ConfigHead[]): ReadonlyMap<string, readonly Rival[]> {
  const rivals = new Map<string, Rival[]>()
  for (const { id, ownedElsewhere = [] } of heads) {
    for (const { name, owner } of ownedElsewhere) {
      const known = rivals.get(owner) ?? []
      known.push({ name, configId: id })
      rivals.set(owner, known)
    }
  }
  return rivals
}

function describeRivals(owner: ConfigId, rivals: readonly Rival[], isShared: boolean): string | undefined {
  if (rivals.length === 0) return undefined
  const isNamed = ({ configId }: Rival) => isShared || formatTenant(configId) === formatTenant(owner)
  const lines = rivals.map((rival) => (isNamed(rival) ? `${rival.name} (${rival.configId})` : rival.name))
  return `Wanted by another config too: ${formatNames([...new Set(lines)].sort())}`
}

function withMessage(head: ConfigHead, message: string | undefined, at: IsoTime): ConfigHead {
  const { conditions } = head.status
  const others = conditions.filter((condition) => !isWantedElsewhere(condition))
  const condition = { type: 'WantedElsewhere', status: 'True', reason: 'SecretWantedElsewhere' } as const
  const wanted = message === undefined ? others : [...others, { ...condition, message }]
  return { ...head, status: { ...head.status, conditions: stampConditions(wanted, conditions, at) } }
}
