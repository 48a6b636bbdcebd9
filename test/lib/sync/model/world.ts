import { parseConfigId } from '../../../../lib/core/config/config-id.ts'
import { isParameter } from '../../../../lib/core/parameters/parameter-name.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import type { Poke } from '../../../../lib/core/poke.ts'
import type { SecretStore, StateStore } from '../../../../lib/ports.ts'
import type { SyncDependencies } from '../../../../lib/sync/dependencies.ts'
import { openStore } from '../../../../lib/sync/plan/open-store.ts'
import { createConfigManifest, createRepositoryManifest } from '../../../fakes/in-memory-configs.ts'
import { createLaggingStore } from '../../../fakes/lagging-store.ts'
import { createSyncHarness, type SyncHarness } from '../../../fakes/sync-harness.ts'
import {
  allKeys,
  type ConfigName,
  type Content,
  type ContentKind,
  configNames,
  formatFiles,
  keysOf,
  limitContent,
  listFillers,
  nameOf,
  type Prefix,
  prefixes,
} from './content.ts'
import { type Entry, keepLedger, keepParameterLedger, type Values } from './ledger.ts'
import { showFailed } from './replicas.ts'

/** Of what kind a world is. */
export interface Climate extends ContentKind {
  readonly prune: 'report' | 'schedule'
  /** Which configs publish what changes as a whole. */
  readonly atomic: readonly ConfigName[]
  /** Where each config wants copies at first. */
  readonly regions: readonly string[]
  /** How old lists are, over and over: parts of the longest lag. */
  readonly lags: readonly number[]
}

/** Whose a secret is, as everybody knows who has watched from the beginning. */
export type Owner = ConfigName | 'foreign'

/** What a run that began was to move, by name of secret: the version that was current then. */
export type Group = Map<string, string>

/** What the manifest of a config says at the moment. */
export interface Spec {
  prefix: Prefix
  regions: readonly string[]
}

/** Those who see to it that nothing happens that must not. */
export interface Watch {
  /** What a write of a worker breaks, told as it happens. */
  judgeWrite(world: World, entry: Entry): readonly string[]
  /** The state as workers have it. */
  watchState(world: () => World, state: StateStore): StateStore
}

/** Everything that a history happens in. */
export interface World {
  readonly climate: Climate
  readonly harness: SyncHarness
  readonly dependencies: SyncDependencies
  /** Secrets and parameters without workers between: exact, for hands and for checks. */
  readonly store: SecretStore
  readonly values: Values
  readonly ledger: Entry[]
  /** What must never have happened, and has. */
  readonly violations: string[]
  readonly specs: Readonly<Record<ConfigName, Spec>>
  /** Configs that have had other names before. */
  readonly renamed: Set<ConfigName>
  /** By name of secret; says nothing of secrets that are gone. */
  readonly owners: Map<string, Owner>
  readonly adopted: Map<string, string>
  /** Copies that AWS could not make: `<name> <region>`. */
  readonly failed: Set<string>
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
  /** Calls that went wrong, and those of them after which the run went on. */
  disturbances: number
  failures: number
  /** What happened to each name from outside the workers: each may cost a write. */
  readonly events: Map<string, number>
  /** How often what was reached, for a long run to tell. */
  readonly reached: Map<string, number>
  requests: number
}

export async function createWorld(climate: Climate, { judgeWrite, watchState }: Watch): Promise<World> {
  const harness = createSyncHarness()
  const { clock, parameters } = harness
  let lists = 0
  const lagShare = () => climate.lags[lists++ % climate.lags.length] ?? 0
  const failed = new Set<string>()
  const secrets = showFailed(createLaggingStore(harness.store, { clock, lagShare }), failed)
  const place = {
    id: 'm/shop/dev',
    aws: { region: harness.store.target.region, replicaRegions: [], tags: {} },
  }
  const store = await openStore({ stores: async () => secrets, parameters: async () => parameters }, place)
  const values: Values = new Map()
  const onEntry = (entry: Entry) => {
    world.violations.push(...judgeWrite(world, entry))
    world.ledger.push(entry)
    if (entry.before?.current !== entry.after?.current) world.touched.delete(entry.name)
  }
  const keepFor = (id: string) => ({ configName: parseConfigId(id).name, values, onEntry })
  const world: World = {
    ...{ climate, harness, store, values, failed },
    ledger: [],
    violations: [],
    specs: {
      dev: { prefix: 'api', regions: climate.regions },
      prod: { prefix: 'api', regions: climate.regions },
    },
    renamed: new Set(),
    owners: new Map(),
    adopted: new Map(),
    groups: new Map(),
    pinned: new Set(),
    touched: new Set(),
    commits: [],
    mail: [],
    disturbances: 0,
    failures: 0,
    events: new Map(),
    reached: new Map(),
    requests: 0,
    dependencies: {
      ...harness.dependencies,
      state: watchState(() => world, harness.state),
      stores: async ({ id }) => keepLedger(secrets, keepFor(id)),
      parameters: async ({ id }) => keepParameterLedger(parameters, keepFor(id)),
      queue: { send: async (sent) => void world.mail.push(...sent.map(({ poke }) => poke)) },
    },
  }
  harness.configs.put(createRepositoryManifest())
  for (const name of configNames) putConfig(world, name)
  return world
}

/** (Re)writes the manifest of a config as the world has it. */
export function putConfig({ harness, climate, adopted, specs }: World, name: ConfigName): void {
  const adopt = name === 'dev' ? [...adopted].map(formatAdoption) : []
  const publish = climate.atomic.includes(name) ? 'atomic' : 'direct'
  const { prefix, regions: replicaRegions } = specs[name]
  const kustomizePath = name === 'prod' ? 'prod' : undefined
  const { region } = harness.store.target
  harness.configs.put(
    createConfigManifest(
      name,
      { environment: name, kustomizePath, prefix },
      {
        provider: { aws: { region, replicaRegions } },
        ...(climate.parameters && { configs: { enabled: true, parameterPath: `/${prefix}` } }),
        ...{ prune: climate.prune, publish, adopt },
      },
    ),
  )
}

function formatAdoption([name, current]: readonly [string, string]) {
  return isParameter(name) ? { name, version: readNumber(current) } : { name, versionId: current }
}

/** The number of a version of a parameter that a hand has written; `null` for one of ours, whose id hides it. */
export function readNumber(versionId: string): number | null {
  const digits = /^parameter-version-(\d+)$/.exec(versionId)?.[1]
  return digits === undefined ? null : Number(digits)
}

/** What the keys of a config are called at the moment. */
export function nameNow({ specs }: World, config: ConfigName, key: string): string {
  return nameOf(key, specs[config].prefix)
}

/** One more reason to write under `name`. */
export function countEvent({ events }: World, name: string): void {
  events.set(name, (events.get(name) ?? 0) + 1)
}

/** One more reason to write whatever the config has or had, under each of its names. */
export function countEverywhere(world: World, config: ConfigName): void {
  const keys = [...keysOf[config], ...(config === 'dev' ? listFillers(world.climate) : [])]
  for (const key of keys) countUnderEachPrefix(world, key)
}

export function countReached({ reached }: Pick<World, 'reached'>, what: string): void {
  reached.set(what, (reached.get(what) ?? 0) + 1)
}

export function nextRequest(world: World): string {
  world.requests += 1
  return `request-${world.requests}`
}

export function commit(world: World, said: Content): void {
  const { climate, harness, commits } = world
  const content = limitContent(said, climate)
  const before = commits.at(-1)?.content
  for (const name of configNames) {
    for (const key of keysOf[name]) {
      if (before?.[name].get(key) !== content[name].get(key)) countUnderEachPrefix(world, key)
    }
  }
  if (!before) for (const key of listFillers(climate)) countEvent(world, nameNow(world, 'dev', key))
  commits.push({ id: harness.git.commit('main', formatFiles(content, climate)), content })
}

/** A commit may be seen only when its config has been renamed. */
function countUnderEachPrefix(world: World, key: string): void {
  for (const prefix of prefixes) countEvent(world, nameOf(key, prefix))
}

/** Every name that a hand may come across. */
export function listNames({ climate }: Pick<World, 'climate'>): readonly string[] {
  const keys = climate.parameters ? allKeys : allKeys.slice(0, 5)
  return prefixes.flatMap((prefix) => keys.map((key) => nameOf(key, prefix)))
}

/** Who owns the secret that `live` is; `null` where there is none. */
export function ownerOf({ owners }: World, name: string, live: Live | null): Owner | null {
  return live === null ? null : (owners.get(name) ?? 'foreign')
}
