import type { Home } from '../../lib/adapters/home/home.ts'
import { lockHome } from '../../lib/adapters/home/lock.ts'
import { readServeInfo, type ServeInfo } from '../../lib/adapters/home/serve-info.ts'
import type { CommandInput } from '../command.ts'
import { composeForCommand } from '../embedded/compose-for-command.ts'
import { openConfigOrigin } from '../embedded/config-origin.ts'
import { openHomeOf } from '../embedded/home-option.ts'
import type { Controller } from './controller.ts'
import { openDeployedApi } from './deployed-api.ts'
import { createLocalController } from './local-controller.ts'
import { createRemoteController, type RemoteOptions } from './remote-controller.ts'

/**
 * Works with the service that the options name: a deployed one; or that of a home, the running one, else this process,
 * under the lock of the home. Closes it, however the work ends.
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
  const deployed = openDeployedApi(input)
  if (deployed) return createRemoteController(deployed)
  const home = openHomeOf(input)
  const info = readServeInfo(home)
  if (info) return createRemoteController(describeLocalService(info, home))
  const origin = openConfigOrigin(input, home)
  const lock = lockHome(home)
  const embedded = await composeForCommand(input, home, origin)
  return createLocalController(embedded, () => {
    embedded.close()
    lock.release()
  })
}

function describeLocalService({ url }: ServeInfo, home: Home): RemoteOptions {
  const headers = { authorization: `Bearer ${home.readToken()}` }
  return { url, pollMs: 25, authorize: async () => headers }
}
