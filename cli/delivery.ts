import { SyncError } from '../lib/core/errors.ts'
import { type Command, exitCodes, isSet } from './command.ts'
import { withController } from './controller/with-controller.ts'
import { formatDelivery } from './text/format-delivery.ts'

/** `smc delivery`: what has become of a push that a Git host delivered. */
export const delivery: Command = {
  usage: 'delivery HASH [--json]',
  about:
    'Shows what has become of a delivery: whether it was queued, and what each config that follows the repository did ' +
    'because of it. The webhook answers every delivery with its hash.',
  options: {},
  async run(input) {
    const [hash, ...others] = input.positionals
    if (hash === undefined || others.length > 0) {
      throw new SyncError('UsageInvalid', { data: { usage: `smc ${delivery.usage}` } })
    }
    return await withController(input, async (controller) => {
      const fate = await controller.readDelivery(hash)
      input.output.result(isSet(input, 'json') ? JSON.stringify(fate, null, 2) : formatDelivery(fate))
      return exitCodes.done
    })
  },
}
