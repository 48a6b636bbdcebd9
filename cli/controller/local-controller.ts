import { randomUUID } from 'node:crypto'
import { createActor } from '../../lib/core/audit/actor.ts'
import type { RequestRecord } from '../../lib/core/state/records.ts'
import type { PokeQueue } from '../../lib/ports.ts'
import { createBlameSecret } from '../../lib/sync/blame-secret.ts'
import type { SyncDependencies } from '../../lib/sync/dependencies.ts'
import { createInspect } from '../../lib/sync/inspect.ts'
import { createRequests } from '../../lib/sync/requests.ts'
import { createSyncConfig } from '../../lib/sync/sync-config.ts'
import type { Embedded } from '../embedded/compose.ts'
import { readLocalUser } from '../embedded/local-user.ts'
import type { Controller } from './controller.ts'

const runMs = 300_000

/** The service in this process, which holds the lock of the home until `close`. */
export function createLocalController(
  { dependencies }: Pick<Embedded, 'dependencies'>,
  close: () => void,
): Controller {
  const { clock, state, configSources } = dependencies
  const inspect = createInspect({ state, configSources })
  const queue = createDirectQueue(dependencies)
  const requests = createRequests({ state, queue, clock, createRequestId: randomUUID })
  const actor = createActor('api', readLocalUser())
  const readAnswer = async ({ requestId }: RequestRecord) => await inspect.readRequest(requestId)
  return {
    listConfigs: inspect.listConfigs,
    findConfig: inspect.findConfig,
    readConfig: async (id) => await inspect.readConfig(id),
    listHistory: async (id, limit) => await inspect.listHistory(id, limit),
    blameSecret: createBlameSecret({ state }),
    readDelivery: inspect.readDelivery,
    request: async (id, kind) => await readAnswer(await requests[kind](id, actor)),
    rollback: async (id, order) => await readAnswer(await requests.rollback(id, actor, order)),
    approve: async (id, digest) => await readAnswer(await requests.approve(id, actor, digest)),
    adopt: async (id, adoption) => await readAnswer(await requests.adopt(id, actor, adoption)),
    close: async () => close(),
  }
}

/** Works each poke at once, so that a request is answered when it is sent. */
function createDirectQueue(dependencies: SyncDependencies): PokeQueue {
  const syncConfig = createSyncConfig(dependencies)
  return {
    send: async (pokes) => {
      for (const { poke } of pokes) await syncConfig(poke, { deadlineAt: dependencies.clock.now() + runMs })
    },
  }
}
