import type { ConfigSummary } from '../../lib/core/status/describe-config.ts'
import { formatTable } from './format-table.ts'

/** How configs stand, for a person. */
export function formatStatus(configs: readonly ConfigSummary[]): string {
  if (configs.length === 0) return 'There are no configs.'
  return formatTable(
    ['CONFIG', 'PHASE', 'READY', 'REASON', 'REVISION', 'SECRETS', 'LAST SYNC'],
    configs.map(({ id, phase, ready, reason, revision, secrets, lastSyncAt }) => [
      id,
      phase,
      ready ? 'True' : 'False',
      reason ?? '-',
      revision === null ? '-' : shorten(revision),
      String(secrets),
      lastSyncAt ?? '-',
    ]),
  )
}

/** A revision with as much of the commit id as people use. */
function shorten(revision: string): string {
  return revision.replace(/(sha1:[0-9a-f]{8})[0-9a-f]+$/, '$1')
}
