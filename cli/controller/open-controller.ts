import { lockHome } from '../../lib/adapters/home/lock.ts'
import { readServeInfo } from '../../lib/adapters/home/serve-info.ts'
import { systemClock } from '../../lib/adapters/system-clock.ts'
import { type CommandInput, readTexts } from '../command.ts'
import { composeEmbedded } from '../embedded/compose.ts'
import { openHomeOf } from '../embedded/home-option.ts'
import { createCommandTelemetry, openConfigSource } from '../embedded/options.ts'
import { createMachineKeyServices } from '../key-services.ts'
import type { Controller } from './controller.ts'
import { createLocalController } from './local-controller.ts'
import { createRemoteController } from './remote-controller.ts'

/**
 * The service of the home that the options name: the running one, else this process, under the lock of the home.
 * @throws {SyncError} HomeLocked, HomeInvalid, UsageInvalid
 */
export async function openController(input: CommandInput): Promise<Controller> {
  const home = openHomeOf(input)
  const info = readServeInfo(home)
  if (info) return createRemoteController({ url: info.url, token: home.readToken() })
  const configSource = openConfigSource(input, home)
  const lock = lockHome(home)
  const embedded = composeEmbedded({
    home,
    configSource,
    keyServices: await createMachineKeyServices({
      environment: input.environment,
      pgpKeyFiles: [],
      warn: input.output.note,
    }),
    telemetry: createCommandTelemetry(input, 'warn'),
    allowedHosts: readTexts(input, 'allow-host'),
    clock: systemClock,
  })
  return createLocalController(embedded, () => {
    embedded.close()
    lock.release()
  })
}
