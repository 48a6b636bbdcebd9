import { type Command, exitCodes, readText } from './command.ts'
import { runOrder } from './order.ts'
import { formatAnswer } from './sync.ts'
import { formatPruning } from './text/format-plan.ts'

/** `smc prune`: lets deletions through that wait for a person. */
export const prune: Command = {
  usage: 'prune CONFIG [--approve DIGEST] [--json]',
  about:
    'Shows the secrets that Git no longer names, and why they stay. With --approve their deletion goes ahead, if it ' +
    'is still the one that the digest stands for. An approval holds for a day.',
  options: {
    approve: { type: 'string', argument: 'DIGEST', about: 'the digest that `smc prune CONFIG` shows' },
  },
  async run(input) {
    const digest = readText(input, 'approve')
    if (digest !== undefined) {
      return await runOrder(input, prune, {
        ask: async (controller, id) => await controller.approve(id, digest),
        format: formatAnswer,
      })
    }
    return await runOrder(input, prune, {
      ask: async (controller, id) => await controller.request(id, 'plan'),
      format: ({ configId, plan }) => [configId, ...formatPruning(plan?.pruning)].join('\n'),
      chooseExitCode: ({ plan }) => (plan?.pruning ? exitCodes.pending : exitCodes.done),
    })
  },
}
