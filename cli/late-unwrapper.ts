import { createDataKeyCache } from '../lib/sync/load/data-key-cache.ts'
import { createDataKeyUnwrapper, type DataKeyUnwrapper } from '../lib/sync/load/unwrap-data-key.ts'
import type { CommandInput } from './command.ts'
import { createMachineKeyServices } from './key-services.ts'

type Input = Pick<CommandInput, 'environment' | 'output'>

/** Opens files with the keys of this machine, which are looked for when the first encrypted file is met. */
export function createLateUnwrapper(input: Input): DataKeyUnwrapper {
  let unwrapper: Promise<DataKeyUnwrapper> | undefined
  return async (...request) => {
    unwrapper ??= createUnwrapper(input)
    return await (await unwrapper)(...request)
  }
}

async function createUnwrapper({ environment, output }: Input): Promise<DataKeyUnwrapper> {
  const services = await createMachineKeyServices({ environment, pgpKeyFiles: [], warn: output.note })
  const cache = createDataKeyCache({ now: () => performance.now() }).forGrant('')
  return createDataKeyUnwrapper({ services, cache })
}
