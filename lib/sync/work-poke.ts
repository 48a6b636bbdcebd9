import { assertNever } from '../core/errors.ts'
import type { Poke } from '../core/poke.ts'
import type { Telemetry } from '../ports.ts'
import type { SyncConfig } from './sync-config.ts'
import type { WatchRepository } from './watch-repository.ts'

/** Works one poke before `deadlineAt`, milliseconds since the epoch. It throws only where the run itself crashed. */
export type WorkPoke = (poke: Poke, run: { readonly deadlineAt: number }) => Promise<void>

/** Hands each poke to the use case of its kind. */
export function createWorkPoke(useCases: {
  readonly watchRepository: WatchRepository
  readonly syncConfig: SyncConfig
  readonly telemetry: Telemetry
}): WorkPoke {
  return async (poke, run) => {
    switch (poke.kind) {
      case 'repository':
        await useCases.watchRepository(poke)
        return
      case 'config':
        await useCases.syncConfig(poke, run)
        return
      case 'sweep':
        useCases.telemetry.log('warn', 'sweep pokes are not worked by this release', {
          requestId: poke.requestId,
        })
        return
      default:
        assertNever(poke.kind)
    }
  }
}
