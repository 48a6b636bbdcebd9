import { isGroupChange } from '../../core/plan/group/atomic-group.ts'
import type { Change, Outcome, Plan } from '../../core/plan/plan.ts'
import type { SecretName } from '../../core/secrets/desired.ts'
import { createLimiter, type Limiter } from '../limit-concurrency.ts'
import { type Application, applyChange } from './apply-change.ts'
import { applyGroup } from './apply-group.ts'

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
  const progress: Progress = {
    ...{ outcomes: new Map(), failed: new Set(), uncopied: new Set() },
    limited: createLimiter(writesAtATime),
  }
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
  /** Those of them that are as Git says but for copies in other regions. */
  readonly uncopied: Set<SecretName>
  readonly limited: Limiter
}

async function applyStage(
  changes: readonly Change[],
  application: Application,
  progress: Progress,
): Promise<void> {
  const { failed, limited } = progress
  const isHeld = (change: Change) =>
    change.action === 'delete' ? isDeletionHeld(change, progress) : failed.has(change.name)
  const ended = await Promise.all(
    changes.map((change) =>
      isHeld(change) ? skip(change) : limited(() => applyChange(change, application)),
    ),
  )
  note(ended, progress)
}

/** Nothing is taken away before everything else is as Git says, or what it has moved to has its copies. */
function isDeletionHeld(
  { movedTo = [] }: Extract<Change, { action: 'delete' }>,
  { failed, uncopied }: Progress,
): boolean {
  return failed.size > uncopied.size || movedTo.some((name) => failed.has(name))
}

function isAboutCopies({ action }: Change): boolean {
  return action === 'replicate' || action === 'unreplicate'
}

function note(ended: readonly Outcome[], { outcomes, failed, uncopied }: Progress): void {
  for (const outcome of ended) {
    const { change, result } = outcome
    outcomes.set(change, outcome)
    if (result === 'applied') continue
    if (isAboutCopies(change) && !failed.has(change.name)) uncopied.add(change.name)
    failed.add(change.name)
  }
}

function skip(change: Change): Outcome {
  return { change, result: 'skipped' }
}
