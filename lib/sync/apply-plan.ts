import type { Change, Outcome, Plan } from '../core/plan/plan.ts'
import type { SecretName } from '../core/secrets/desired.ts'
import { type Application, applyChange } from './apply-change.ts'
import { createLimiter } from './limit-concurrency.ts'

/** Writes of one plan that are under way at a time. */
const writesAtATime = 10

/** The stages of a plan; one begins when the one before has ended. */
const stages: readonly (readonly Change['action'][])[] = [
  ['restore'],
  ['adopt'],
  ['create'],
  // A new key first: the value is encrypted with the one that the secret has.
  ['amend'],
  ['update', 'relabel'],
  ['retag'],
  ['replicate', 'unreplicate'],
  ['delete'],
  ['conflict'],
]

/** Carries out `plan`; one outcome per change, in the order of the plan, none hidden. Skipped ones wait for the next look. */
export async function applyPlan(plan: Plan, application: Application): Promise<readonly Outcome[]> {
  const outcomes = new Map<Change, Outcome>()
  const failed = new Set<SecretName>()
  const limited = createLimiter(writesAtATime)
  for (const actions of stages) {
    const changes = plan.changes.filter(({ action }) => actions.includes(action))
    // Nothing is taken away before everything else is as Git says.
    const isHeld = ({ action, name }: Change) => (action === 'delete' ? failed.size > 0 : failed.has(name))
    const ended = await Promise.all(
      changes.map((change) =>
        isHeld(change) ? skip(change) : limited(() => applyChange(change, application)),
      ),
    )
    for (const outcome of ended) {
      outcomes.set(outcome.change, outcome)
      if (outcome.result !== 'applied') failed.add(outcome.change.name)
    }
  }
  return plan.changes.map((change) => outcomes.get(change) ?? skip(change))
}

function skip(change: Change): Outcome {
  return { change, result: 'skipped' }
}
