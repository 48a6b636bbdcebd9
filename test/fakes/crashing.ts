import type { SyncDependencies } from '../../lib/sync/dependencies.ts'

/** What a process that was killed leaves to its caller. */
export const crash = new Error('killed')

/** Dependencies of a process that dies; `calls` counts what store and state were asked for. */
export interface CrashingDependencies {
  readonly dependencies: SyncDependencies
  readonly calls: () => number
}

/**
 * A process that dies at call number `at` to its stores and state, before the call or after it was carried out:
 * nothing that it asks for later is done.
 */
export function createCrashing(
  dependencies: SyncDependencies,
  { at, after }: { readonly at: number; readonly after: boolean },
): CrashingDependencies {
  let calls = 0
  const wrap = <Port extends object>(port: Port): Port =>
    new Proxy(port, {
      get(target, name, receiver) {
        const member: unknown = Reflect.get(target, name, receiver)
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) => {
          calls += 1
          if (calls > at || (calls === at && !after)) throw crash
          const result: unknown = await member.apply(target, args)
          if (calls >= at) throw crash
          return result
        }
      },
    })
  const { state, stores } = dependencies
  return {
    dependencies: {
      ...dependencies,
      state: wrap(state),
      stores: async (config) => wrap(await stores(config)),
    },
    calls: () => calls,
  }
}
