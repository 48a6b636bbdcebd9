import { readServeInfo } from '../lib/adapters/home/serve-info.ts'
import { SyncError } from '../lib/core/errors.ts'
import { type Command, exitCodes } from './command.ts'
import { openHomeOf } from './embedded/home-option.ts'
import { formatCloneUrl } from './quickstart/clone-url.ts'

/** `smc quickstart`: where the repository of the running quickstart is cloned from. */
export const quickstart: Command = {
  usage: 'quickstart',
  about: 'Prints the address from which the repository of the running quickstart is cloned.',
  options: {},
  async run(input) {
    const home = openHomeOf(input)
    const info = readServeInfo(home)
    if (!info) throw new SyncError('ServiceNotRunning', { data: { home: home.path } })
    input.output.result(formatCloneUrl(home, info.url))
    return exitCodes.done
  },
}
