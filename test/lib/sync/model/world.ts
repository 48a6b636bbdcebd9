import { parseConfigId } from '../../../../lib/core/config/config-id.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { Poke } from '../../../../lib/core/poke.ts'
import type { StateStore } from '../../../../lib/ports.ts'
import type { SyncDependencies } from '../../../../lib/sync/dependencies.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { createLaggingStore, type LaggingStore } from '../../../fakes/lagging-store.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'
import { type Entry, keepLedger, type Values } from './ledger.ts'

/** The two configs of the world. Both publish under `api-…`, so that one name may be wanted by both. */
export const configNames = ['dev', 'prod'] as const

export type ConfigName = (typeof configNames)[number]

/** Keys that each config may hold; `C` is in both. */
export const keysOf = { dev: ['A', 'B', 'C'], prod: ['C', 'D'] } as const

/** What a commit says: the value of each key, by config. */
export type Content = Readonly<Record<ConfigName, ReadonlyMap<string, string>>>

/** Of what kind a world is. */
export interface Climate {
  readonly prune: 'report' | 'schedule'
  /** Whether `dev` has so many secrets that the store is listed instead of described one by one. */
  readonly isLarge: boolean
  /** Which configs publish what changes as a whole. */
  readonly atomic: readonly ConfigName[]
  /** How old lists are, over and over: parts of the longest lag. */
  readonly lags: readonly number[]
}

/** Whose a secret is, as everybody knows who has watched from the beginning. */
export type Owner = ConfigName | 'foreign'

/** What a run that began was to move, by name of secret: the version that was current then. */
export type Group = Map<string, string>

/** Those who see to it that nothing happens that must not. */
export interface Watch {
  /** What a write of a worker breaks, told as it happens. */
  judgeWrite(world: World, entry: Entry): readonly string[]
  /** The state as workers have it. */
  watchState(world: World, state: StateStore): StateStore
}

/** Everything that a history happens in. */
export interface World {
  readonly climate: Climate
  readonly harness: SyncHarness
  readonly dependencies: SyncDependencies
  /** The store without workers between: exact, for hands and for checks. */
  readonly store: LaggingStore
  readonly values: Values
  readonly ledger: Entry[]
  /** What must never have happened, and has. */
  readonly violations: string[]
  /** By name of secret; says nothing of secrets that are gone. */
  readonly owners: Map<string, Owner>
  readonly adopted: Map<string, string>
  /** What runs that have begun are to move as a whole. */
  readonly groups: Map<ConfigName, Group>
  /** Configs that an operator has rolled back, as a run has found them last. */
  readonly pinned: Set<ConfigName>
  /** Secrets where a hand was last. */
  readonly touched: Set<string>
  /** Commits in the order in which `main` had them; the last is the newest. */
  readonly commits: { readonly id: string; readonly content: Content }[]
  /** Messages under way. */
  readonly mail: Poke[]
  /** Runs in which something went wrong. */
  disturbances: number
  /** What happened to each name from outside the workers: each may cost a write. */
  readonly events: Map<string, number>
  requests: number
}

const fillers = Array.from({ length: 22 }, (_, index) => `X${String(index).padStart(2, '0')}`)

/** What `dev` holds beside its keys in a large world. */
export function listFillers({ isLarge }: Pick<Climate, 'isLarge'>): readonly string[] {
  return isLarge ? fillers : []
}

export function nameOf(key: string): string {
  return `api-${key}`
}

export function createWorld(climate: Climate, { judgeWrite, watchState }: Watch): World {
  const harness = createSyncHarness()
  let lists = 0
  const lagShare = () => climate.lags[lists++ % climate.lags.length] ?? 0
  const store = createLaggingStore(harness.store, { clock: harness.clock, lagShare })
  const values: Values = new Map()
  const onEntry = (entry: Entry) => {
    world.violations.push(...judgeWrite(world, entry))
    world.ledger.push(entry)
    if (entry.before?.current !== entry.after?.current) world.touched.delete(entry.name)
  }
  const world: World = {
    climate,
    harness,
    store,
    values,
    ledger: [],
    violations: [],
    owners: new Map(),
    adopted: new Map(),
    groups: new Map(),
    pinned: new Set(),
    touched: new Set(),
    commits: [],
    mail: [],
    disturbances: 0,
    events: new Map(),
    requests: 0,
    dependencies: {
      ...harness.dependencies,
      get state() {
        return watchState(world, harness.state)
      },
      stores: async ({ id }) => keepLedger(store, parseConfigId(id).name, { values, onEntry }),
      queue: { send: async (sent) => void world.mail.push(...sent.map(({ poke }) => poke)) },
    },
  }
  harness.configs.put(createRepositoryManifest())
  for (const name of configNames) putConfig(world, name)
  return world
}

/** (Re)writes the manifest of a config as the world has it. */
export function putConfig({ harness, climate, adopted }: World, name: ConfigName): void {
  const adopt = name === 'dev' ? [...adopted].map(([secret, versionId]) => ({ name: secret, versionId })) : []
  const publish = climate.atomic.includes(name) ? 'atomic' : 'direct'
  const secrets = { environment: name, kustomizePath: undefined, prefix: undefined }
  harness.configs.put(createConfigManifest(name, secrets, { prune: climate.prune, publish, adopt }))
}

/** One more reason to write under `name`. */
export function countEvent({ events }: World, name: string): void {
  events.set(name, (events.get(name) ?? 0) + 1)
}

export function nextRequest(world: World): string {
  world.requests += 1
  return `request-${world.requests}`
}

export function commit(world: World, content: Content): void {
  const before = world.commits.at(-1)?.content
  for (const name of configNames) {
    for (const key of keysOf[name]) {
      if (before?.[name].get(key) !== content[name].get(key)) countEvent(world, nameOf(key))
    }
  }
  if (!before) for (const key of listFillers(world.climate)) countEvent(world, nameOf(key))
  const files = Object.fromEntries(
    configNames.map((name) => [
      `api/deployment-configuration/${name}/application.secrets.env`,
      formatFile([
        ...content[name],
        ...(name === 'dev' ? listFillers(world.climate) : []).map((key) => [key, 'fill'] as const),
      ]),
    ]),
  )
  world.commits.push({ id: world.harness.git.commit('main', files), content })
}

function formatFile(pairs: readonly (readonly [string, string])[]): string {
  return pairs.map(([key, value]) => `${key}=${value}\n`).join('')
}

/** Who owns the secret that `live` is; `null` where there is none. */
export function ownerOf({ owners }: World, name: string, live: Live | null): Owner | null {
  return live === null ? null : (owners.get(name) ?? 'foreign')
}
