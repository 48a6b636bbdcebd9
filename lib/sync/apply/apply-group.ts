import { toSyncError } from '../../core/errors.ts'
import { type GroupChange, stagedLabel, toMember } from '../../core/plan/group/atomic-group.ts'
import type { Outcome } from '../../core/plan/plan.ts'
import { createLimiter } from '../limit-concurrency.ts'
import { type Application, readVersion } from './apply-change.ts'
import { moveGroup } from './move-group.ts'

const writesAtATime = 10

/**
 * Publishes a group as a whole: every new version is put under a label that says nothing to readers, and only when all
 * are there does AWSCURRENT move, from secret to secret. Where that fails for one, the others go back.
 */
export async function applyGroup(
  changes: readonly GroupChange[],
  application: Application,
): Promise<readonly Outcome[]> {
  const staged = await stageGroup(changes, application)
  if (staged.some(({ result }) => result !== 'applied')) {
    return staged.map((outcome) => (outcome.result === 'applied' ? skip(outcome) : outcome))
  }
  const changeOf = new Map(changes.map((change) => [change.name, change]))
  const { failures, mixed } = await moveGroup(
    application.store,
    { pending: changes.map(toMember), moved: [] },
    async ({ name }) => {
      const change = changeOf.get(name)
      if (change) await application.pace?.(change)
    },
  )
  return staged.map((outcome) => {
    const { name } = outcome.change
    const code = mixed.has(name) ? 'GroupMixed' : failures.get(name)
    if (code !== undefined) return { change: outcome.change, result: 'failed', code }
    return failures.size === 0 ? outcome : skip(outcome)
  })
}

async function stageGroup(
  changes: readonly GroupChange[],
  application: Application,
): Promise<readonly Outcome[]> {
  const limited = createLimiter(writesAtATime)
  const staged = await Promise.all(changes.map((change) => limited(() => stageChange(change, application))))
  // Moving takes its time too, and is not to be interrupted.
  const isLate = application.clock.now() >= application.stopAt
  return isLate ? changes.map((change) => ({ change, result: 'deferred', code: 'DeadlineReached' })) : staged
}

async function stageChange(change: GroupChange, application: Application): Promise<Outcome> {
  const { store, clock, stopAt, pace } = application
  const { versionId } = change
  if (clock.now() >= stopAt) return { change, result: 'deferred', code: 'DeadlineReached' }
  try {
    if (change.action === 'update') {
      await pace?.(change)
      await store.put({ ...readVersion(change.name, application), label: stagedLabel })
    }
    return { change, result: 'applied', versionId }
  } catch (thrown) {
    const { code, disposition } = toSyncError(thrown)
    return { change, result: disposition === 'wait' ? 'deferred' : 'failed', code }
  }
}

function skip({ change }: Outcome): Outcome {
  return { change, result: 'skipped' }
}
