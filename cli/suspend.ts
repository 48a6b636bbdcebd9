import { escapeControl } from '../lib/core/redact.ts'
import type { Command } from './command.ts'
import { runOrder } from './order.ts'
import { formatAnswer } from './sync.ts'

/** `smc suspend`: nothing more is done for a config. */
export const suspend: Command = {
  usage: 'suspend CONFIG [--json]',
  about:
    'Stops all work for a config until `smc resume`. Its secrets stay as they are; only a run that died half-way is ended.',
  options: {},
  run: async (input) =>
    await runOrder(input, suspend, {
      ask: async (controller, id) => await controller.request(id, 'suspend'),
      format: ({ configId, message = '' }) => `${configId}: ${escapeControl(message)}`,
    }),
}

/** `smc resume`: a config follows Git again. */
export const resume: Command = {
  usage: 'resume CONFIG [--json]',
  about:
    'Lifts what `smc suspend`, `smc rollback`, `smc prune` and `smc adopt` have ordered, and syncs to what Git says now.',
  options: {},
  run: async (input) =>
    await runOrder(input, resume, {
      ask: async (controller, id) => await controller.request(id, 'resume'),
      format: formatAnswer,
    }),
}
