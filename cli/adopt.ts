import type { Adoption } from '../lib/core/config/config.ts'
import { findAdoptionProblem } from '../lib/core/config/parse/adoption-problem.ts'
import { SyncError } from '../lib/core/errors.ts'
import { isParameter } from '../lib/core/parameters/parameter-name.ts'
import type { Command } from './command.ts'
import { runOrder } from './order.ts'
import { formatAnswer } from './sync.ts'

/** `smc adopt`: takes over what somebody else has made. */
export const adopt: Command = {
  usage: 'adopt CONFIG NAME@VERSION [--json]',
  about:
    'Takes over a secret that nobody has marked, if it still has the version id, or a parameter (`ssm:/…`), if it still ' +
    'has the version number; then it is as Git says. The config has to want the name. The order holds for a day.',
  options: {},
  async run(input) {
    const [config = '', target = '', ...others] = input.positionals
    const adoption = parseTarget(target)
    if (!adoption || others.length > 0) {
      throw new SyncError('UsageInvalid', { data: { usage: `smc ${adopt.usage}` } })
    }
    return await runOrder({ ...input, positionals: [config] }, adopt, {
      ask: async (controller, id) => await controller.adopt(id, adoption),
      format: formatAnswer,
    })
  },
}

/** A name may hold `@`, a version does not. */
function parseTarget(text: string): Adoption | null {
  const at = text.lastIndexOf('@')
  if (at < 0) return null
  const [name, version] = [text.slice(0, at), text.slice(at + 1)]
  if (!isParameter(name)) return check({ name, versionId: version })
  return /^[1-9]\d{0,8}$/.test(version) ? check({ name, version: Number(version) }) : null
}

function check(adoption: Adoption): Adoption | null {
  return findAdoptionProblem(adoption) ? null : adoption
}
