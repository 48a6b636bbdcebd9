import { isGroupChange } from '../core/plan/atomic-group.ts'
import type { Change, Outcome, Plan } from '../core/plan/plan.ts'
import type { SecretName } from '../core/secrets/desired.ts'
import { type Application, applyChange } from './apply-change.ts'
import { applyGroup } from './apply-group.ts'
import { createLimiter, type Limiter } from './limit-concurrency.ts'

/** Writes of one plan that are under way at a time. */
const writesAtATime = 10

/** What comes before the changed versions of secrets that are there. */
const before: readonly (readonly Change['action'][])[] = [
  ['restore'],
  ['adopt'],
  ['create'],
  // A new key first: the value is encrypted with the one that the secret has.
  ['amend'],
]
const versions = ['update', 'relabel'] as const
const after: readonly (readonly Change['action'][])[] = [
  ['retag'],
  ['replicate', 'unreplicate'],
  ['delete'],
  ['conflict'],
]

/**
 * Carries out `plan` in stages, of which one begins when the one before has ended; one outcome per change, in the order
 * of the plan, none hidden. Skipped ones wait for the next look.
 */
export async function applyPlan(plan: Plan, application: Application): Promise<readonly Outcome[]> {
  const progress: Progress = { outcomes: new Map(), failed: new Set(), limited: createLimiter(writesAtATime) }
  const isGrouped = (change: Change) => application.isAtomic === true && isGroupChange(change)
  const pick = (actions: readonly Change['action'][]) =>
    plan.changes.filter((change) => actions.includes(change.action) && !isGrouped(change))
  for (const actions of before) await applyStage(pick(actions), application, progress)
  const group = plan.changes.filter((change) => isGroupChange(change)).filter(isGrouped)
  // New secrets come before what may refer to them, and a group goes with all that is changed beside it.
  if (progress.failed.size === 0 && group.length > 0) note(await applyGroup(group, application), progress)
  else note(group.map(skip), progress)
  await applyStage(pick(versions), application, progress)
  for (const actions of after) await applyStage(pick(actions), application, progress)
  return plan.changes.map((change) => progress.outcomes.get(change) ?? skip(change))
}

interface Progress {
  readonly outcomes: Map<Change, Outcome>
  readonly failed: Set<SecretName>
  readonly limited: Limiter
}

async function applyStage(
  changes: readonly Change[],
  application: Application,
  progress: Progress,
): Promise<void> {
  const { failed, limited } = progress
  // Nothing is taken away before everything else is as Git says.
  const isHeld = ({ action, name }: Change) => (action === 'delete' ? failed.size > 0 : failed.has(name))
  const ended = await Promise.all(
    changes.map((change) =>
      isHeld(change) ? skip(change) : limited(() => applyChange(change, application)),
    ),
  )
  note(ended, progress)
}

function note(ended: readonly Outcome[], { outcomes, failed }: Progress): void {
  for (const outcome of ended) {
    outcomes.set(outcome.change, outcome)
    if (outcome.result !== 'applied') failed.add(outcome.change.name)
  }
}

function skip(change: Change): Outcome {
  return { change, result: 'skipped' }
}
