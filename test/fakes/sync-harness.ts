import { createKeyServices } from '../../lib/adapters/keys/index.ts'
import { createLocalParameters } from '../../lib/adapters/parameters/local.ts'
import { createLocalState, openStateDatabase } from '../../lib/adapters/state/local.ts'
import { openStoreDatabase } from '../../lib/adapters/stores/local/schema.ts'
import { createLocalStore } from '../../lib/adapters/stores/local.ts'
import type { SyncEvent } from '../../lib/core/audit/sync-event.ts'
import type { Poke } from '../../lib/core/poke.ts'
import { formatTime } from '../../lib/core/time.ts'
import type { ParameterStore, SecretStore, StateStore } from '../../lib/ports.ts'
import type { SyncDependencies } from '../../lib/sync/dependencies.ts'
import { createDataKeyCache } from '../../lib/sync/load/data-key-cache.ts'
import type { Look } from '../../lib/sync/look.ts'
import { createFakeClock, type FakeClock } from './clock.ts'
import { createInMemoryConfigs, type InMemoryConfigs } from './in-memory-configs.ts'
import { createInMemoryGit, type InMemoryGit } from './in-memory-git.ts'
import { createRecordingQueue } from './recording-queue.ts'
import { createRecordingTelemetry } from './recording-telemetry.ts'

/** Everything that a sync needs, in memory: the embedded store and state, a Git and configs that a test changes. */
export interface SyncHarness {
  readonly dependencies: SyncDependencies
  readonly clock: FakeClock
  readonly git: InMemoryGit
  readonly configs: InMemoryConfigs
  readonly store: SecretStore
  readonly parameters: ParameterStore
  readonly state: StateStore
  readonly queue: ReturnType<typeof createRecordingQueue>
  readonly telemetry: ReturnType<typeof createRecordingTelemetry>
  /** What others were told. */
  readonly events: SyncEvent[]
  /** Names of the writing calls that reached the store and the state. */
  readonly writes: string[]
  poke(name: string, changes?: Partial<Poke>): Poke
  look(name: string, changes?: Partial<Look>): Promise<Look>
  /** Ends a secret at once, as `ForceDeleteWithoutRecovery` does. */
  forceDelete(name: string): void
  /** Everything that the service remembers is gone. */
  loseState(): void
  close(): void
}

const target = { account: '000000000000', region: 'eu-west-1' }

export function createSyncHarness(options: { readonly ageKeys?: string } = {}): SyncHarness {
  const clock = createFakeClock()
  const git = createInMemoryGit()
  const configs = createInMemoryConfigs()
  const queue = createRecordingQueue()
  const telemetry = createRecordingTelemetry()
  const writes: string[] = []
  const events: SyncEvent[] = []
  const storeDatabase = openStoreDatabase(':memory:')
  const stateDatabase = openStateDatabase(':memory:')
  const storeWrites = [
    ...(['create', 'put', 'moveCurrent', 'restore', 'tag', 'scheduleDeletion'] as const),
    ...(['amend', 'replicate', 'removeReplicas'] as const),
  ] as const
  const local = createLocalStore({ database: storeDatabase, clock, target })
  // As careful as with AWS.
  const store = recordCalls({ ...local, listLagMs: 6 * 60_000 }, storeWrites, writes)
  const stateWrites = [
    'writeHead',
    'writeInventory',
    'writeDependencies',
    'dropGenerations',
    'appendHistory',
  ] as const
  const moreStateWrites = [
    'writeIntent',
    'writeWatcher',
    'removeWatcher',
    'writeRef',
    'writeRequest',
    'writeDelivery',
    'writeSweep',
    'removeSweep',
  ] as const
  const state = recordCalls(
    createLocalState({ database: stateDatabase, clock }),
    [...stateWrites, ...moreStateWrites],
    writes,
  )
  const parameters = recordCalls(
    createLocalParameters({ database: storeDatabase, target, clock }),
    ['create', 'put', 'rewrite', 'tag', 'remove'],
    writes,
  )
  const keys = [{ source: 'test', text: options.ageKeys ?? '' }]
  const dependencies: SyncDependencies = {
    deployment: 'test',
    policy: { tenancy: 'single' },
    configSources: [configs],
    git,
    // A commit of the repository in memory is only its id: whoever is named by it has signed it.
    isSignedBy: async (commit, signers) => signers.includes(Buffer.from(commit).toString()),
    keyServices: async () => createKeyServices({ age: { keys } }),
    dataKeys: createDataKeyCache({ now: clock.now }),
    stores: async () => store,
    parameters: async () => parameters,
    versionKey: async () => new Uint8Array(32).fill(9),
    state,
    queue,
    notify: async (sent) => {
      events.push(...sent)
    },
    telemetry,
    clock,
  }
  const poke = (name: string, changes: Partial<Poke> = {}): Poke => ({
    v: 1,
    kind: 'config',
    id: `${configs.name}/shop/${name}`,
    trigger: 'webhook',
    requestId: 'request-1',
    requestedAt: formatTime(clock.now()),
    ...changes,
  })
  return {
    dependencies,
    clock,
    git,
    configs,
    store,
    parameters,
    state,
    queue,
    telemetry,
    events,
    writes,
    poke,
    look: async (name, changes = {}) => ({
      poke: poke(name),
      startedAt: clock.now(),
      deadlineAt: clock.now() + 300_000,
      head: await state.readHead(`${configs.name}/shop/${name}`),
      intent: null,
      ...changes,
    }),
    forceDelete: (name) => {
      storeDatabase.write((db) => db.prepare('DELETE FROM secret WHERE name = ?').run(name))
    },
    loseState: () => {
      stateDatabase.write((db) => db.exec('DELETE FROM item'))
    },
    close: () => {
      storeDatabase.close()
      stateDatabase.close()
    },
  }
}

/** `port` with the names of these calls kept in `calls`. */
function recordCalls<Port extends object>(port: Port, names: readonly (keyof Port)[], calls: string[]): Port {
  return new Proxy(port, {
    get(target, name, receiver) {
      const member: unknown = Reflect.get(target, name, receiver)
      if (typeof member !== 'function' || !names.includes(name as keyof Port)) return member
      return (...args: unknown[]) => {
        calls.push(String(name))
        return member.apply(target, args)
      }
    },
  })
}
