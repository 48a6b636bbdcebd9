import { SyncError } from '../lib/core/errors.ts'
import { escapeControl } from '../lib/core/redact.ts'
import type { RequestRecord } from '../lib/core/state/records.ts'
import { type Command, type CommandInput, exitCodes, isSet } from './command.ts'
import { selectConfigs } from './controller/select-configs.ts'
import { withController } from './controller/with-controller.ts'
import { formatAnswer } from './sync.ts'

/** `smc suspend`: nothing more is done for a config. */
export const suspend: Command = {
  usage: 'suspend CONFIG [--json]',
  about: 'Stops all work for a config until `smc resume`. Its secrets stay as they are.',
  options: {},
  run: async (input) =>
    await order(input, suspend, {
      kind: 'suspend',
      format: ({ configId, message = '' }) => `${configId}: ${escapeControl(message)}`,
    }),
}

/** `smc resume`: a config follows Git again. */
export const resume: Command = {
  usage: 'resume CONFIG [--json]',
  about: 'Lifts what `smc suspend` has ordered, and syncs to what Git says now.',
  options: {},
  run: async (input) => await order(input, resume, { kind: 'resume', format: formatAnswer }),
}

async function order(
  input: CommandInput,
  { usage }: Command,
  { kind, format }: { kind: 'suspend' | 'resume'; format: (answer: RequestRecord) => string },
): Promise<number> {
  const [name, ...others] = input.positionals
  if (name === undefined || others.length > 0) {
    throw new SyncError('UsageInvalid', { data: { usage: `smc ${usage}` } })
  }
  return await withController(input, async (controller) => {
    const [config] = selectConfigs(await controller.listConfigs(), [name])
    if (!config) throw new SyncError('ConfigNotFound', { data: { id: name } })
    const answer = await controller.request(config.id, kind)
    input.output.result(isSet(input, 'json') ? JSON.stringify(answer, null, 2) : format(answer))
    return answer.state === 'done' ? exitCodes.done : exitCodes.failed
  })
}
