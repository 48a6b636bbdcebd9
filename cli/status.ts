import { type Command, exitCodes, isSet } from './command.ts'
import { selectConfigs } from './controller/select-configs.ts'
import { withController } from './controller/with-controller.ts'
import { formatDetail, formatStatus } from './text/format-status.ts'

/** `smc status`: how every config stands. */
export const status: Command = {
  usage: 'status [CONFIG…] [--json]',
  about:
    'Shows how each config stands: phase, revision, number of secrets, last sync. Of configs that are named it shows\n' +
    'all conditions with their messages; with --json their history as well.',
  options: {},
  async run(input) {
    const { positionals, output } = input
    return await withController(input, async (controller) => {
      if (positionals.length === 0) {
        const configs = await controller.listConfigs()
        output.result(isSet(input, 'json') ? JSON.stringify(configs, null, 2) : formatStatus(configs))
        return exitCodes.done
      }
      const ids = await selectConfigs(controller, positionals)
      const details = await Promise.all(ids.map((id) => controller.readConfig(id)))
      const text = () => details.map((detail) => formatDetail(detail, output.colours)).join('\n\n')
      output.result(isSet(input, 'json') ? JSON.stringify(details, null, 2) : text())
      return exitCodes.done
    })
  },
}
