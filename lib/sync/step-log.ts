import type { Plan } from '../core/plan/plan.ts'
import { formatRevision } from '../core/source/revision.ts'
import type { LogFields } from '../ports.ts'
import type { SyncDependencies } from './dependencies.ts'
import type { Look, Progress } from './look.ts'

/** Writes one line per step of a look, with the fields of the house style. */
export interface StepLog {
  /** Runs a step and logs how long it took. */
  step<Value>(name: string, run: () => Promise<Value>): Promise<Value>
  plan(plan: Plan): void
  fields(): LogFields
}

/** A log of one look; `progress` gives the revision once it is known. */
export function createStepLog(
  { telemetry, clock }: Pick<SyncDependencies, 'telemetry' | 'clock'>,
  look: Look,
  progress: Progress,
): StepLog {
  const fields = (): LogFields => ({
    configId: look.poke.id,
    requestId: look.poke.requestId,
    ...(progress.revision ? { revision: formatRevision(progress.revision) } : {}),
  })
  return {
    fields,
    async step(name, run) {
      const startedAt = clock.now()
      const value = await run()
      telemetry.log('info', 'step done', { ...fields(), step: name, durationMs: clock.now() - startedAt })
      return value
    },
    plan(plan) {
      telemetry.log('info', 'planned', { ...fields(), step: 'plan', counts: countChanges(plan) })
    },
  }
}

function countChanges(plan: Plan): Record<string, number> {
  const counts: Record<string, number> = { unchanged: plan.unchanged }
  for (const { action } of plan.changes) counts[action] = (counts[action] ?? 0) + 1
  return counts
}
