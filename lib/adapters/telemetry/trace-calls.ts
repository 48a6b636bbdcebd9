import type { GitClient, KeyServices, PokeQueue, SecretStores, StateStore } from '../../ports.ts'

/** Runs a call and records its name, its time and whether it failed; never what it was given, nor what it answered. */
export type Trace = <Value>(name: string, run: () => Promise<Value>) => Promise<Value>

/** `port`, every method of which is asynchronous, with each call traced as `<name>.<method>`. */
export function traceCalls<Port extends object>(port: Port, name: string, trace: Trace): Port {
  return new Proxy(port, {
    get(target, method, receiver) {
      const member: unknown = Reflect.get(target, method, receiver)
      if (typeof member !== 'function') return member
      return async (...args: unknown[]) =>
        await trace(`${name}.${String(method)}`, async () => await member.apply(target, args))
    },
  })
}

/** The stores that are opened, traced. */
function traceStores(stores: SecretStores, trace: Trace): SecretStores {
  return async (place) => traceCalls(await stores(place), 'store', trace)
}

/** Git, and the reading of each commit that it opens, traced. */
function traceGit(git: GitClient, trace: Trace): GitClient {
  return {
    ...traceCalls(git, 'git', trace),
    open: async (remote, commit) => {
      const snapshot = await trace('git.open', () => git.open(remote, commit))
      const { tree, readFiles } = snapshot
      return {
        commit: snapshot.commit,
        tree,
        readFiles: async (paths) => await trace('git.readFiles', () => readFiles(paths)),
      }
    },
  }
}

/** The key services of a config, with each opened key traced by its kind. */
function traceKeyServices(keyServices: KeyServices, trace: Trace): KeyServices {
  return async (config) =>
    (await keyServices(config)).map((service) => ({
      kind: service.kind,
      isGranted: (entry) => service.isGranted(entry),
      unwrap: async (entry) => await trace(`key.${service.kind}`, () => service.unwrap(entry)),
    }))
}

/** What goes out of a worker. */
interface TracedPorts {
  readonly git: GitClient
  readonly keyServices: KeyServices
  readonly stores: SecretStores
  readonly state: StateStore
  readonly queue: PokeQueue
}

/** The ports of a worker, traced; what else there is stays as it is. */
export function tracePorts<Ports extends TracedPorts>(ports: Ports, trace: Trace): Ports {
  return {
    ...ports,
    git: traceGit(ports.git, trace),
    keyServices: traceKeyServices(ports.keyServices, trace),
    stores: traceStores(ports.stores, trace),
    state: traceCalls(ports.state, 'state', trace),
    queue: traceCalls(ports.queue, 'queue', trace),
  }
}
