import type { Change, Hold, Plan, Pruning } from '../../lib/core/plan/plan.ts'
import { escapeControl } from '../../lib/core/redact.ts'
import { formatRevision } from '../../lib/core/source/revision.ts'
import { type Colour, paint } from './colour.ts'
import { formatCost } from './format-cost.ts'

const signs: Readonly<Record<Change['action'], { readonly sign: string; readonly colour: Colour }>> = {
  adopt: { sign: '+', colour: 'green' },
  create: { sign: '+', colour: 'green' },
  amend: { sign: '~', colour: 'yellow' },
  update: { sign: '~', colour: 'yellow' },
  relabel: { sign: '~', colour: 'yellow' },
  restore: { sign: '+', colour: 'green' },
  retag: { sign: '~', colour: 'yellow' },
  replicate: { sign: '+', colour: 'green' },
  unreplicate: { sign: '-', colour: 'red' },
  delete: { sign: '-', colour: 'red' },
  conflict: { sign: '!', colour: 'red' },
}

/** A plan for a person: names, actions and reasons, never values. */
export function formatPlan(plan: Plan, colours: boolean): string {
  const heading = `${plan.configId} at ${escapeControl(formatRevision(plan.revision))}`
  const changes = plan.changes.map((change) => {
    const { sign, colour } = signs[change.action]
    const why = formatReason(change)
    return `  ${paint(sign, colour, colours)} ${change.action.padEnd(11)} ${escapeControl(change.name)}  (${why})`
  })
  return [
    heading,
    ...changes,
    `  ${plan.unchanged} unchanged`,
    ...formatList('disabled in Git', plan.disabled),
    ...formatList('left as they are (triggerUpdate: false)', plan.held),
    ...(plan.leftBehind ?? []).flatMap(({ account, region, names }) =>
      formatList(`left behind in ${region} of ${account}`, names),
    ),
    ...formatList('came later and stay', plan.pinned?.later),
    ...(plan.pruning ? formatPruning(plan.pruning) : []),
    ...(plan.cost ? formatCost(plan.cost) : []),
  ].join('\n')
}

function formatReason(change: Change): string {
  if (change.action !== 'conflict') return change.because
  const owner = change.owner === undefined ? '' : ` ${escapeControl(change.owner)}`
  const at = change.at === undefined ? '' : `, is at ${escapeControl(change.at)}`
  return `${change.code}: ${change.because}${owner}${at}`
}

const holds: Readonly<Record<Hold, string>> = {
  report: 'kept (prune: report)',
  conflict: 'kept until the conflicts above are solved',
  'new-uid': 'kept, as the config was made anew: wait for an approval',
  share: 'wait for an approval, as many would go within seven days',
  'last-secret': 'wait for an approval, as no secret would be left',
}

/** What Git no longer names, and what becomes of it. */
export function formatPruning(pruning: Pruning | undefined): string[] {
  if (!pruning) return ['  Git names every secret of the config']
  const { unwanted, moves = [], digest, deletions, most, held } = pruning
  const fate = held === undefined ? 'are deleted' : holds[held]
  return [
    ...formatList(`no longer in Git, ${fate}`, unwanted),
    ...moves.map(({ from, to }) => `  moved: ${escapeControl(from)} is ${escapeControl(to)} now`),
    `  ${deletions} of ${most} secrets within seven days; digest ${digest}`,
  ]
}

function formatList(title: string, names: readonly string[] = []): string[] {
  return names.length === 0 ? [] : [`  ${title}: ${names.map(escapeControl).join(', ')}`]
}
