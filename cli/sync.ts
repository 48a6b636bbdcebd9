import { escapeControl } from '../lib/core/redact.ts'
import type { RequestRecord } from '../lib/core/state/records.ts'
import type { PlainRequest } from '../lib/sync/requests.ts'
import { type Command, type CommandInput, exitCodes, isSet } from './command.ts'
import type { Controller } from './controller/controller.ts'
import { selectConfigs } from './controller/select-configs.ts'
import { withController } from './controller/with-controller.ts'

/** `smc sync`: one pass over the configs now. */
export const sync: Command = {
  usage: 'sync [CONFIG…] [--json]',
  about: 'Makes the store equal to what Git says now, and says what was done.',
  options: {},
  async run(input) {
    return await withController(input, async (controller) => {
      const answers = await requestAll(controller, input, 'sync')
      if (isSet(input, 'json')) input.output.result(JSON.stringify(answers, null, 2))
      else for (const answer of answers) input.output.result(formatAnswer(answer))
      return answers.every(({ state }) => state === 'done') ? exitCodes.done : exitCodes.failed
    })
  },
}

/** Asks for one answer after the other, in the order of ids, and notes which is being worked on. */
export async function requestAll(
  controller: Controller,
  input: CommandInput,
  kind: PlainRequest,
): Promise<readonly RequestRecord[]> {
  const answers: RequestRecord[] = []
  for (const id of await selectConfigs(controller, input.positionals)) {
    if (input.output.colours) input.output.note(`${kind} ${id} …`)
    answers.push(await controller.request(id, kind))
  }
  return answers
}

/** What became of a sync, on one line. */
export function formatAnswer({ configId, plan, result = 'InternalError', message }: RequestRecord): string {
  const changes = plan?.changes.length ?? 0
  const summary = plan ? `${changes} changed, ${plan.unchanged} unchanged` : 'nothing to do'
  return `${configId}: ${result}, ${message === undefined ? summary : escapeControl(message)}`
}
