import type { SyncDependencies } from '../../lib/sync/dependencies.ts'

/** One call to a port. */
export interface PortCall {
  readonly port: 'store' | 'parameters' | 'state' | 'queue'
  readonly name: string
}

/** Stands between a process and its ports: carries a call out with `proceed`, or not, or answers something else. */
export type Around = (call: PortCall, proceed: () => Promise<unknown>) => Promise<unknown>

/** Dependencies whose calls to stores, state and queue all go through `around`. */
export function intercept(dependencies: SyncDependencies, around: Around): SyncDependencies {
  const wrap = <Port extends object>(port: PortCall['port'], target: Port): Port =>
    new Proxy(target, {
      get(object, name, receiver) {
        const member: unknown = Reflect.get(object, name, receiver)
        if (typeof member !== 'function') return member
        return async (...args: unknown[]) =>
          await around({ port, name: String(name) }, async () => await member.apply(object, args))
      },
    })
  const { state, stores, parameters, queue } = dependencies
  return {
    ...dependencies,
    state: wrap('state', state),
    queue: wrap('queue', queue),
    stores: async (config) => wrap('store', await stores(config)),
    parameters: async (config) => wrap('parameters', await parameters(config)),
  }
}
