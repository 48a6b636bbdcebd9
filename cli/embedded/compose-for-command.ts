import type { Home } from '../../lib/adapters/home/home.ts'
import { systemClock } from '../../lib/adapters/system-clock.ts'
import { createLineTelemetry } from '../../lib/adapters/telemetry/lines.ts'
import { type CommandInput, readTexts } from '../command.ts'
import { createMachineKeyServices } from '../key-services.ts'
import { composeEmbedded, type Embedded } from './compose.ts'
import type { ConfigOrigin } from './config-origin.ts'
import { createTenantKeys } from './tenant-keys.ts'

/** The service on the files of a home, as the options of a command have it; warnings go to standard error. */
export async function composeForCommand(
  { environment, ...input }: Pick<CommandInput, 'environment' | 'values' | 'output'>,
  home: Home,
  origin: ConfigOrigin,
): Promise<Embedded> {
  const { note } = input.output
  return composeEmbedded({
    home,
    ...origin,
    keyServices: createTenantKeys(origin.policy, (isGranted) =>
      createMachineKeyServices({ environment, pgpKeyFiles: [], isGranted, warn: note }),
    ),
    allowedHosts: readTexts(input, 'allow-host'),
    telemetry: createLineTelemetry({ write: note, clock: systemClock, minimumLevel: 'warn' }),
    clock: systemClock,
  })
}
