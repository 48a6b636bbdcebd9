import type { ConfigId } from '../lib/core/config/config.ts'
import { SyncError } from '../lib/core/errors.ts'
import type { RequestRecord } from '../lib/core/state/records.ts'
import { type Command, type CommandInput, exitCodes, isSet } from './command.ts'
import type { Controller } from './controller/controller.ts'
import { withController } from './controller/with-controller.ts'

/** What is asked for one config, and how the answer is told to a person. */
export interface Order {
  ask(controller: Controller, id: ConfigId): Promise<RequestRecord>
  format(answer: RequestRecord): string
  /** Of an answer that is no failure; done where absent. */
  chooseExitCode?(answer: RequestRecord): number
}

/** Asks for something for the one config that the arguments name, and prints the answer. */
export async function runOrder(
  input: CommandInput,
  { usage }: Command,
  { ask, format, chooseExitCode = () => exitCodes.done }: Order,
): Promise<number> {
  const [name, ...others] = input.positionals
  if (name === undefined || others.length > 0) {
    throw new SyncError('UsageInvalid', { data: { usage: `smc ${usage}` } })
  }
  return await withController(input, async (controller) => {
    const answer = await ask(controller, await controller.findConfig(name))
    input.output.result(isSet(input, 'json') ? JSON.stringify(answer, null, 2) : format(answer))
    return answer.state === 'done' ? chooseExitCode(answer) : exitCodes.failed
  })
}
