import { afterAll, afterEach, beforeAll } from 'vitest'
import { preparationTimeoutMs } from '../emulators/python-environment.ts'
import { functionNames, readLogs } from '../stack/function-logs.ts'
import { type Service, type ServiceOptions, startService } from '../stack/service.ts'
import { configIdOf, openShop, type Shop } from '../stack/shop.ts'
import { waitForQuiet } from '../stack/wait-for.ts'

/** A deployed service with a team that uses it. */
export interface Scene {
  readonly service: Service
  readonly shop: Shop
  /** Begins to list the calls that write secrets, such as `PutSecretValue shop-dev-API_KEY`. */
  writesSince(): () => readonly string[]
  /** What is remembered, or what is remembered of the config of one overlay; deliveries and turns come and go. */
  dumpState(overlay?: string): Promise<string>
}

const writing = /^(Create|Put|Update|Delete|Restore|Tag|Untag)/

/** Deploys the service for the tests of one suite. The function that is returned is for use within tests. */
export function useScene(options: ServiceOptions = {}): () => Scene {
  let scene: Scene | undefined
  beforeAll(async () => {
    const service = await startService({ ...options, patientLogs: true })
    try {
      scene = createScene(service, await openShop(service))
    } catch (failure) {
      await service.stop()
      throw failure
    }
  }, preparationTimeoutMs)
  afterAll(() => scene?.service.stop(), 60_000)
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail' && scene) await printScene(scene.service)
  })
  return () => {
    if (!scene) throw new Error('the service has not started')
    return scene
  }
}

function createScene(service: Service, shop: Shop): Scene {
  const { account, cloud, outputs } = service
  return {
    service,
    shop,
    writesSince: () => {
      const { calls } = cloud.secretsManager
      const start = calls.length
      return () =>
        calls
          .slice(start)
          .filter(({ action }) => writing.test(action))
          .map(({ action, name }) => `${action} ${name}`)
    },
    dumpState: async (overlay) => {
      const dump = () => account.dumpState(outputs['StateTable'] ?? '', ['delivery#', 'tick'])
      const state = await waitForQuiet(dump)
      // Where a ref points belongs to the repository.
      const lines = state.split('\n').filter((line) => !line.includes('"sk":{"S":"ref#'))
      const kept = lines.filter((line) => overlay === undefined || line.includes(configIdOf(overlay)))
      return kept.join('\n')
    },
  }
}

async function printScene({ account, cloud, outputs }: Service): Promise<void> {
  for (const name of functionNames)
    console.log([name, ...(await readLogs(cloud, name)).slice(-20)].join('\n'))
  console.log(await account.dumpState(outputs['StateTable'] ?? ''))
}
