import type { HistoryEntry, HistoryOutcome } from '../../lib/core/state/records.ts'
import { formatNames } from '../../lib/core/status/format-names.ts'
import { formatActor, formatShortRevision, formatShortVersion } from './format-change.ts'
import { formatTable } from './format-table.ts'

/** What was done for a config, for a person. */
export function formatHistory(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return 'Nothing has been done yet.'
  return formatTable(
    ['TIME', 'REVISION', 'TRIGGER', 'WHO', 'RESULT', 'CHANGES'],
    entries.map(({ at, revision, trigger, actor, result, outcomes }) => [
      at,
      formatShortRevision(revision),
      trigger,
      formatActor(actor),
      result,
      formatNames(outcomes.map(formatOutcome)) || '-',
    ]),
  )
}

function formatOutcome({ action, name, result, versionId, code }: HistoryOutcome): string {
  if (result !== 'applied') return `${action} ${name} ${code ?? result}`
  return versionId === undefined ? `${action} ${name}` : `${action} ${name} ${formatShortVersion(versionId)}`
}
