import { SyncError } from '../lib/core/errors.ts'
import { formatRevision } from '../lib/core/source/revision.ts'
import type { HistoryEntry } from '../lib/core/state/records.ts'
import { type Command, exitCodes, isSet } from './command.ts'
import { openController } from './controller/open-controller.ts'
import { selectConfigs } from './controller/select-configs.ts'
import { formatTable } from './text/format-table.ts'

/** `smc history`: what was done for a config, newest first. */
export const history: Command = {
  usage: 'history CONFIG [--json]',
  about: 'Shows what was done for a config, newest first.',
  options: {},
  async run(input) {
    const [name] = input.positionals
    if (name === undefined) throw new SyncError('UsageInvalid', { data: { usage: `smc ${history.usage}` } })
    const controller = await openController(input)
    try {
      const [config] = selectConfigs(await controller.listConfigs(), [name])
      const entries = config ? (await controller.readConfig(config.id)).history : []
      input.output.result(isSet(input, 'json') ? JSON.stringify(entries, null, 2) : formatHistory(entries))
      return exitCodes.done
    } finally {
      await controller.close()
    }
  },
}

function formatHistory(entries: readonly HistoryEntry[]): string {
  if (entries.length === 0) return 'Nothing has been done yet.'
  return formatTable(
    ['TIME', 'REVISION', 'TRIGGER', 'RESULT', 'CHANGES'],
    entries.map(({ at, revision, trigger, result, outcomes }) => [
      at,
      revision ? formatRevision(revision) : '-',
      trigger,
      result,
      outcomes.map(({ action, name }) => `${action} ${name}`).join(', ') || '-',
    ]),
  )
}
