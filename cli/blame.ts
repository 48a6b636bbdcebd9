import type { Setting } from '../lib/core/audit/list-settings.ts'
import { SyncError } from '../lib/core/errors.ts'
import { formatOrigin } from '../lib/core/secrets/format-origin.ts'
import { type Command, exitCodes, isSet, readText } from './command.ts'
import { withController } from './controller/with-controller.ts'
import { formatActor, formatShortRevision, formatShortVersion } from './text/format-change.ts'
import { formatTable } from './text/format-table.ts'

/** `smc blame`: from a secret back to the commit, file, key and person that set it. */
export const blame: Command = {
  usage: 'blame SECRET [--version ID] [--json]',
  about:
    'Shows which commit, file, key and person set a secret to each of its versions, newest first. A name that a ' +
    'push claims is marked as such.',
  options: {
    version: { type: 'string', argument: 'ID', about: 'only this version; the beginning of its id will do' },
  },
  async run(input) {
    const [name, ...others] = input.positionals
    if (name === undefined || others.length > 0) {
      throw new SyncError('UsageInvalid', { data: { usage: `smc ${blame.usage}` } })
    }
    return await withController(input, async (controller) => {
      const version = readText(input, 'version')
      const settings = await controller.blameSecret({ name, ...(version === undefined ? {} : { version }) })
      input.output.result(isSet(input, 'json') ? JSON.stringify(settings, null, 2) : formatSettings(settings))
      return exitCodes.done
    })
  },
}

function formatSettings(settings: readonly Setting[]): string {
  return formatTable(
    ['TIME', 'CONFIG', 'ACTION', 'VERSION', 'REVISION', 'WHO', 'FROM'],
    settings.map(({ at, configId, action, versionId, revision, actor, origin }) => [
      at,
      configId,
      action,
      formatShortVersion(versionId),
      formatShortRevision(revision),
      formatActor(actor),
      origin ? formatOrigin(origin) : '-',
    ]),
  )
}
