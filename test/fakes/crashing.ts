import type { SyncDependencies } from '../../lib/sync/dependencies.ts'
import { intercept } from './intercept.ts'

/** What a process that was killed leaves to its caller. */
export const crash = new Error('killed')

/** Dependencies of a process that dies; `calls` counts what store, state and queue were asked for. */
export interface CrashingDependencies {
  readonly dependencies: SyncDependencies
  readonly calls: () => number
}

/**
 * A process that dies at call number `at` to its stores, state and queue, before the call or after it was carried
 * out: nothing that it asks for later is done.
 */
export function createCrashing(
  dependencies: SyncDependencies,
  { at, after }: { readonly at: number; readonly after: boolean },
): CrashingDependencies {
  let calls = 0
  const crashing = intercept(dependencies, async (_call, proceed) => {
    calls += 1
    if (calls > at || (calls === at && !after)) throw crash
    const result = await proceed()
    if (calls >= at) throw crash
    return result
  })
  return { dependencies: crashing, calls: () => calls }
}
