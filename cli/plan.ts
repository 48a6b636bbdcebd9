import { escapeControl } from '../lib/core/redact.ts'
import { type Command, exitCodes, isSet } from './command.ts'
import { withController } from './controller/with-controller.ts'
import { requestAll } from './sync.ts'
import { formatPlan } from './text/format-plan.ts'

/** `smc plan`: what a sync would do. */
export const plan: Command = {
  usage: 'plan [CONFIG…] [--json]',
  about:
    'Shows what a sync would do: names, actions and reasons, never values. Exits 2 where changes are pending.',
  options: {},
  async run(input) {
    return await withController(input, async (controller) => {
      const answers = await requestAll(controller, input, 'plan')
      if (isSet(input, 'json')) input.output.result(JSON.stringify(answers, null, 2))
      for (const answer of answers) {
        if (!answer.plan)
          input.output.note(`${answer.configId}: ${answer.result}: ${escapeControl(answer.message ?? '')}`)
        else if (!isSet(input, 'json')) input.output.result(formatPlan(answer.plan, input.output.colours))
      }
      if (answers.some((answer) => !answer.plan)) return exitCodes.failed
      return answers.some((answer) => answer.plan?.changes.length) ? exitCodes.pending : exitCodes.done
    })
  },
}
