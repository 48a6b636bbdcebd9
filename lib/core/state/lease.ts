import { isGroupChange } from '../plan/group/atomic-group.ts'
import type { Plan } from '../plan/plan.ts'
import type { SecretName, VersionId } from '../secrets/desired.ts'
import { type IsoTime, parseTime } from '../time.ts'
import type { Lease, LeasedWrite } from './records.ts'

/**
 * What a run that carries out `plan` may write, once for each name; with `isAtomic` also what it takes to make a group
 * whole that the run leaves half published.
 */
export function listLeasedWrites(
  { changes }: Pick<Plan, 'changes'>,
  { isAtomic }: { readonly isAtomic: boolean },
): readonly LeasedWrite[] {
  const deleted = new Set(changes.filter(({ action }) => action === 'delete').map(({ name }) => name))
  const writes = new Map<SecretName, VersionId | undefined>()
  const members = isAtomic ? changes.filter(isGroupChange) : []
  const froms = new Map(members.map(({ name, from }) => [name, from]))
  for (const change of changes) {
    if (change.action === 'conflict') continue
    const versionId = 'versionId' in change ? change.versionId : undefined
    writes.set(change.name, versionId ?? writes.get(change.name))
  }
  return [...writes].map(([name, versionId]) => {
    const from = froms.get(name)
    return {
      name,
      ...(versionId === undefined ? {} : { versionId }),
      ...(from === undefined ? {} : { from }),
      ...(deleted.has(name) && { isDeletion: true }),
    }
  })
}

/** Whether another run than `holder` may still be writing at `now`. */
export function isHeldByOther(lease: Lease, { holder, now }: { holder: string; now: IsoTime }): boolean {
  return lease.holder !== holder && parseTime(lease.until) > parseTime(now)
}
