import { SyncError } from '../lib/core/errors.ts'
import { type Command, type CommandInput, exitCodes, isSet, readText } from './command.ts'
import { withController } from './controller/with-controller.ts'
import { formatHistory } from './text/format-history.ts'

const defaultLimit = 20

/** `smc history`: what was done for a config, newest first. */
export const history: Command = {
  usage: 'history CONFIG [--limit N] [--json]',
  about: 'Shows what was done for a config, by whom and to which version of each secret, newest first.',
  options: { limit: { type: 'string', argument: 'N', about: 'how many entries; 20 if not given' } },
  async run(input) {
    const [name] = input.positionals
    const limit = readLimit(input)
    if (name === undefined || limit === null) {
      throw new SyncError('UsageInvalid', { data: { usage: `smc ${history.usage}` } })
    }
    return await withController(input, async (controller) => {
      const entries = await controller.listHistory(await controller.findConfig(name), limit)
      input.output.result(isSet(input, 'json') ? JSON.stringify(entries, null, 2) : formatHistory(entries))
      return exitCodes.done
    })
  },
}

function readLimit(input: CommandInput): number | null {
  const text = readText(input, 'limit')
  if (text === undefined) return defaultLimit
  return /^[1-9]\d{0,3}$/.test(text) ? Number(text) : null
}
