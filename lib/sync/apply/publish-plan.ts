import { findReplicaKey } from '../../core/config/parse/replica-key.ts'
import { SyncError } from '../../core/errors.ts'
import { holdGroup } from '../../core/plan/group/hold-group.ts'
import { withholdWrites } from '../../core/plan/pace/withhold-writes.ts'
import type { Outcome } from '../../core/plan/plan.ts'
import type { SyncDependencies } from '../dependencies.ts'
import type { Look, Progress, SyncReport } from '../look.ts'
import type { PlannedSync } from '../plan/plan-sync.ts'
import { recordSync } from '../record/record-sync.ts'
import type { StepLog } from '../step-log.ts'
import { applyPlan } from './apply-plan.ts'
import { beginSync } from './begin-sync.ts'
import { createPacer } from './pace-writes.ts'
import { describePlace } from './settle-run.ts'

/** What is kept of a function's time to record what was done and to send a continuation. */
const recordingTimeMs = 45_000

/** The second half of a sync: begin ▸ apply ▸ record. @throws {SyncError} GroupMixed */
export async function publishPlan(
  dependencies: SyncDependencies,
  look: Look,
  {
    planned,
    progress,
    log,
  }: { readonly planned: PlannedSync; readonly progress: Progress; readonly log: StepLog },
): Promise<SyncReport> {
  const { target, desired, inventory, store, tagsOf, standingOf } = planned
  const isAtomic = target.config.publish === 'atomic'
  const writable = withholdWrites(planned.plan, {
    inventory,
    now: look.startedAt,
    isManual: look.poke.trigger === 'manual',
  })
  const { plan, withheld } = isAtomic ? holdGroup(writable) : writable
  const stopAt = look.deadlineAt - recordingTimeMs
  const begun = await log.step('begin', () =>
    beginSync(dependencies, look, {
      ...{ plan, mark: target.mark, inventory, isAtomic },
      place: describePlace(target.config, store),
    }),
  )
  if (begun) progress.begun = begun
  const { kmsKeyId, description } = target.config.aws
  const replicaKey = findReplicaKey(kmsKeyId)
  const applied = await log.step('apply', () =>
    applyPlan(plan, {
      store,
      desired,
      tagsOf,
      standingOf,
      isAtomic,
      ...(kmsKeyId === undefined ? {} : { kmsKeyId }),
      ...(description === undefined ? {} : { description }),
      ...(replicaKey ? { replicaKey } : {}),
      pace: createPacer(dependencies, { target: store.target, plan, yields: !look.head?.applied, stopAt }),
      clock: dependencies.clock,
      stopAt,
    }),
  )
  assertWhole(applied)
  const outcomes = [...applied, ...withheld]
  return await log.step('record', () => recordSync(dependencies, look, { ...planned, outcomes, begun }))
}

/**
 * A group that is half published is no end of a run: what *begin* has written down stays, for the next look to go on.
 * @throws {SyncError} GroupMixed
 */
function assertWhole(applied: readonly Outcome[]): void {
  const mixed = applied.filter(({ code }) => code === 'GroupMixed').map(({ change }) => change.name)
  if (mixed.length > 0) throw new SyncError('GroupMixed', { data: { secrets: mixed } })
}
