import { isParameter } from '../../parameters/parameter-name.ts'
import type { SecretName, VersionId } from '../../secrets/desired.ts'
import type { Change, Live } from '../plan.ts'

/**
 * The label under which the new versions of a group wait. It says nothing to readers, and the next group takes it over.
 */
export const stagedLabel = 'smc-staged'

/** One secret of a group: its label AWSCURRENT is to move from one version to another. */
export interface Member {
  readonly name: SecretName
  readonly from: VersionId
  readonly to: VersionId
}

/** A change that moves AWSCURRENT of a secret that is there. */
export type GroupChange = Extract<Change, { action: 'update' | 'relabel' }> & { readonly from: VersionId }

/**
 * Whether the change belongs to the group. A first version is current at once, so that new secrets come before it, and
 * parameters know no labels.
 */
export function isGroupChange(change: Change): change is GroupChange {
  const moves = change.action === 'update' || change.action === 'relabel'
  return moves && change.from !== undefined && !isParameter(change.name)
}

export function toMember({ name, from, versionId }: GroupChange): Member {
  return { name, from, to: versionId }
}

/**
 * What a run that ended somewhere within a group has left, and what makes the group whole again. `untouched`: readers
 * see what they saw. `complete`: they see what they were to see. `resume`: the rest can still follow. `undo`: it cannot,
 * as somebody else has moved a label or taken a secret over, so that those that have moved go back.
 */
export type GroupState =
  | { readonly step: 'untouched' | 'complete' }
  | { readonly step: 'resume'; readonly pending: readonly Member[]; readonly moved: readonly Member[] }
  | { readonly step: 'undo'; readonly moved: readonly Member[] }

/** Judges a group by the secrets as they are; those that are no longer ours are absent from `live`. */
export function judgeGroup(
  members: readonly Member[],
  live: ReadonlyMap<SecretName, Pick<Live, 'current' | 'versions'>>,
): GroupState {
  const moved = members.filter(({ name, to }) => live.get(name)?.current === to)
  if (moved.length === 0) return { step: 'untouched' }
  if (moved.length === members.length) return { step: 'complete' }
  const pending = members.filter((member) => !moved.includes(member))
  const canFollow = pending.every(({ name, from, to }) => {
    const secret = live.get(name)
    return secret?.current === from && secret.versions.has(to)
  })
  return canFollow ? { step: 'resume', pending, moved } : { step: 'undo', moved }
}
