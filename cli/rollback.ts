import type { RequestRecord } from '../lib/core/state/records.ts'
import { type Command, exitCodes, isSet, type Output, readText } from './command.ts'
import { runOrder } from './order.ts'
import { formatAnswer } from './sync.ts'
import { formatPlan } from './text/format-plan.ts'

/** `smc rollback`: back to what was published before. */
export const rollback: Command = {
  usage: 'rollback CONFIG [--to REVISION] [--dry-run] [--partial] [--json]',
  about:
    'Moves the secrets of a config back to the versions that they had at a revision, and keeps them there until ' +
    '`smc resume`. Needs no Git and no key, and makes no version but of parameters. Nothing moves where one is gone.',
  options: {
    to: {
      type: 'string',
      argument: 'REVISION',
      about:
        'a revision of `smc history`, or the beginning of a commit; the one before the present if not given',
    },
    'dry-run': { type: 'boolean', about: 'only show what would move, and which versions are gone' },
    partial: { type: 'boolean', about: 'where versions are gone, move the others' },
  },
  async run(input) {
    const to = readText(input, 'to')
    const dryRun = isSet(input, 'dry-run')
    const order = { dryRun, partial: isSet(input, 'partial'), ...(to === undefined ? {} : { to }) }
    return await runOrder(input, rollback, {
      ask: async (controller, id) => await controller.rollback(id, order),
      format: (answer) => format(answer, { dryRun, output: input.output }),
      ...(dryRun ? { chooseExitCode: choosePending } : {}),
    })
  },
}

function format(answer: RequestRecord, { dryRun, output }: { dryRun: boolean; output: Output }): string {
  return dryRun && answer.plan ? formatPlan(answer.plan, output.colours) : formatAnswer(answer)
}

function choosePending({ plan }: RequestRecord): number {
  return plan?.changes.length ? exitCodes.pending : exitCodes.done
}
