import { escapeControl } from '../../lib/core/redact.ts'
import type { ConfigDetail, ConfigSummary } from '../../lib/core/status/describe-config.ts'
import type { Condition } from '../../lib/core/status/status.ts'
import { type Colour, paint } from './colour.ts'
import { formatTable } from './format-table.ts'

/** How configs stand, for a person. */
export function formatStatus(configs: readonly ConfigSummary[]): string {
  if (configs.length === 0) return 'There are no configs.'
  return formatTable(
    ['CONFIG', 'PHASE', 'READY', 'REASON', 'REVISION', 'SECRETS', 'LAST SYNC', 'REMARKS'],
    configs.map(({ id, phase, ready, reason, revision, secrets, lastSyncAt, remarks }) => [
      id,
      phase,
      ready ? 'True' : 'False',
      reason ?? '-',
      revision === null ? '-' : shorten(revision),
      String(secrets),
      lastSyncAt ?? '-',
      remarks.join(', ') || '-',
    ]),
  )
}

/** How one config stands, and why. */
export function formatDetail(config: ConfigDetail, colours: boolean): string {
  const { id, phase, revision, secrets, lastSyncAt, nextDueAt, conditions } = config
  const applied = revision === null ? 'nothing yet' : `${escapeControl(revision)} since ${lastSyncAt ?? '-'}`
  const facts = [
    ['phase', phase],
    ['applied', applied],
    ['secrets', String(secrets)],
    ...(nextDueAt === null ? [] : [['next look', `${nextDueAt}, or the next push`]]),
  ]
  return [
    id,
    ...facts.map(([name = '', value]) => `  ${name.padEnd(11)} ${value}`),
    ...conditions.map((condition) => formatCondition(condition, colours)),
  ].join('\n')
}

function formatCondition(condition: Condition, colours: boolean): string {
  const { type, status, reason, message, lastTransitionTime } = condition
  const heading = `${type}=${status}, ${reason}, since ${lastTransitionTime}`
  return `  ${paint(heading, chooseColour(condition), colours)}\n    ${escapeControl(message).replaceAll('\n', ' ')}`
}

function chooseColour({ type, status }: Condition): Colour {
  if (type === 'Ready') return status === 'True' ? 'green' : 'red'
  return type === 'Stalled' ? 'red' : 'yellow'
}

/** A revision with as much of the commit id as people use. */
function shorten(revision: string): string {
  return revision.replace(/(sha1:[0-9a-f]{8})[0-9a-f]+$/, '$1')
}
