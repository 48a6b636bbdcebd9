import { assertNever } from '../core/errors.ts'
import type { Poke } from '../core/poke.ts'
import type { SweepAccount } from './sweep-account.ts'
import type { SyncConfig } from './sync-config.ts'
import type { WatchRepository } from './watch-repository.ts'

/** Works one poke before `deadlineAt`, milliseconds since the epoch. It throws only where the run itself crashed. */
export type WorkPoke = (poke: Poke, run: { readonly deadlineAt: number }) => Promise<void>

/** Hands each poke to the use case of its kind. */
export function createWorkPoke(useCases: {
  readonly watchRepository: WatchRepository
  readonly syncConfig: SyncConfig
  readonly sweepAccount: SweepAccount
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
        await useCases.sweepAccount(poke, run)
        return
      default:
        assertNever(poke.kind)
    }
  }
}
