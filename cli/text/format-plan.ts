import type { Change, Plan } from '../../lib/core/plan/plan.ts'
import { escapeControl } from '../../lib/core/redact.ts'
import { formatRevision } from '../../lib/core/source/revision.ts'
import { type Colour, paint } from './colour.ts'

const signs: Readonly<Record<Change['action'], { readonly sign: string; readonly colour: Colour }>> = {
  adopt: { sign: '+', colour: 'green' },
  create: { sign: '+', colour: 'green' },
  update: { sign: '~', colour: 'yellow' },
  relabel: { sign: '~', colour: 'yellow' },
  restore: { sign: '+', colour: 'green' },
  retag: { sign: '~', colour: 'yellow' },
  delete: { sign: '-', colour: 'red' },
  conflict: { sign: '!', colour: 'red' },
}

/** A plan for a person: names, actions and reasons, never values. */
export function formatPlan(plan: Plan, colours: boolean): string {
  const heading = `${plan.configId} at ${escapeControl(formatRevision(plan.revision))}`
  const changes = plan.changes.map((change) => {
    const { sign, colour } = signs[change.action]
    const why = change.action === 'conflict' ? `${change.code}: ${change.because}` : change.because
    return `  ${paint(sign, colour, colours)} ${change.action.padEnd(8)} ${escapeControl(change.name)}  (${why})`
  })
  const disabled =
    plan.disabled.length === 0 ? [] : [`  disabled in Git: ${plan.disabled.map(escapeControl).join(', ')}`]
  return [heading, ...changes, `  ${plan.unchanged} unchanged`, ...disabled].join('\n')
}
