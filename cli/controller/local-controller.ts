import { randomUUID } from 'node:crypto'
import type { Poke } from '../../lib/core/poke.ts'
import type { RequestRecord } from '../../lib/core/state/records.ts'
import { formatTime } from '../../lib/core/time.ts'
import { createInspect } from '../../lib/sync/inspect.ts'
import { createSyncConfig } from '../../lib/sync/sync-config.ts'
import type { Embedded } from '../embedded/compose.ts'
import type { Controller } from './controller.ts'

const runMs = 300_000

/** The service in this process, which holds the lock of the home until `close`. */
export function createLocalController(
  { dependencies }: Pick<Embedded, 'dependencies'>,
  close: () => void,
): Controller {
  const { clock, state, configSources } = dependencies
  const inspect = createInspect({ state, configSources })
  const syncConfig = createSyncConfig(dependencies)
  return {
    listConfigs: async () => await inspect.listConfigs(),
    readConfig: async (id) => await inspect.readConfig(id),
    async request(id, kind) {
      const poke = createManualPoke(id, kind, formatTime(clock.now()))
      await syncConfig(poke, { deadlineAt: clock.now() + runMs })
      return await inspect.readRequest(poke.requestId)
    },
    close: async () => close(),
  }
}

function createManualPoke(id: string, kind: RequestRecord['kind'], requestedAt: string): Poke {
  const poke: Poke = { v: 1, kind: 'config', id, trigger: 'manual', requestId: randomUUID(), requestedAt }
  return kind === 'plan' ? { ...poke, planOnly: true } : poke
}
