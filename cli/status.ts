import { type Command, exitCodes, isSet } from './command.ts'
import { selectConfigs } from './controller/select-configs.ts'
import { withController } from './controller/with-controller.ts'
import { formatStatus } from './text/format-status.ts'

/** `smc status`: how every config stands. */
export const status: Command = {
  usage: 'status [CONFIG…] [--json]',
  about: 'Shows how each config stands: phase, revision, number of secrets, last sync.',
  options: {},
  async run(input) {
    return await withController(input, async (controller) => {
      const configs = selectConfigs(await controller.listConfigs(), input.positionals)
      input.output.result(isSet(input, 'json') ? JSON.stringify(configs, null, 2) : formatStatus(configs))
      return exitCodes.done
    })
  },
}
