import { lockHome } from '../../lib/adapters/home/lock.ts'
import { readServeInfo } from '../../lib/adapters/home/serve-info.ts'
import type { CommandInput } from '../command.ts'
import { composeForCommand } from '../embedded/compose-for-command.ts'
import { openConfigOrigin } from '../embedded/config-origin.ts'
import { openHomeOf } from '../embedded/home-option.ts'
import type { Controller } from './controller.ts'
import { createLocalController } from './local-controller.ts'
import { createRemoteController } from './remote-controller.ts'

/**
 * Works with the service of the home that the options name: the running one, else this process, under the lock of
 * the home; and closes it, however the work ends.
 * @throws {SyncError} HomeLocked, HomeInvalid, UsageInvalid, and whatever the work meets
 */
export async function withController<Result>(
  input: CommandInput,
  work: (controller: Controller) => Promise<Result>,
): Promise<Result> {
  const controller = await openController(input)
  try {
    return await work(controller)
  } finally {
    await controller.close()
  }
}

async function openController(input: CommandInput): Promise<Controller> {
  const home = openHomeOf(input)
  const info = readServeInfo(home)
  if (info) return createRemoteController({ url: info.url, token: home.readToken() })
  const origin = openConfigOrigin(input, home)
  const lock = lockHome(home)
  const embedded = await composeForCommand(input, home, origin)
  return createLocalController(embedded, () => {
    embedded.close()
    lock.release()
  })
}
