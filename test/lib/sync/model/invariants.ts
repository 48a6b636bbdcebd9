import { isParameter } from '../../../../lib/core/parameters/parameter-name.ts'
import { parseOwner } from '../../../../lib/core/plan/identity/ownership.ts'
import type { Change, Live } from '../../../../lib/core/plan/plan.ts'
import { createSyncConfig } from '../../../../lib/sync/sync-config.ts'
import { judgeChain } from './chain.ts'
import { type ConfigName, configNames, listFillers } from './content.ts'
import type { Entry } from './ledger.ts'
import { readValue } from './ledger.ts'
import { nameNow, ownerOf, type World } from './world.ts'

const weekMs = 7 * 24 * 60 * 60_000

/** Judges one write of a worker, as it happens, and keeps account of who owns what. */
export function judgeWrite(world: World, entry: Entry): string[] {
  const config = entry.configName as ConfigName
  const { call, name, before } = entry
  const owner = ownerOf(world, name, before)
  if (owner === null && call === 'create') world.owners.set(name, config)
  // What is scheduled for deletion takes no tags, so that it is restored first.
  const isAdoption =
    owner === 'foreign' && (call === 'tag' || call === 'restore') && isAdoptable(world, config, entry)
  if (isAdoption && call === 'tag') world.owners.set(name, config)
  const isForeign = owner !== null && owner !== config && !isAdoption
  return [
    ...(isForeign ? [`${call} of ${name}, which belongs to ${owner}, by ${config}`] : []),
    ...judgeValue(entry),
    ...judgeStaging(world, entry),
    ...judgePinned(world, entry),
    ...judgeCopying(world, entry),
    ...judgeDeletion(world, entry),
  ]
}

function isAdoptable({ adopted }: World, config: ConfigName, { name, before }: Entry): boolean {
  return config === 'dev' && before?.current !== undefined && adopted.get(name) === before.current
}

/** No equal value is ever written. */
function judgeValue({ call, name, before, after, valueBefore, valueAfter }: Entry): string[] {
  if (call !== 'put' && call !== 'moveCurrent' && call !== 'rewrite') return []
  const isEqual = before?.current !== after?.current && valueBefore === valueAfter
  return isEqual ? [`${call} of ${name} replaced a value by the same`] : []
}

/** A rollback makes no secret and no version of one, and takes nothing away. */
function judgePinned({ pinned }: World, { configName, call, name }: Entry): string[] {
  const isRollback = ['moveCurrent', 'rewrite', 'restore', 'tag'].includes(call)
  return !isRollback && pinned.has(configName as ConfigName) ? [`${call} of ${name} by a pinned config`] : []
}

/** Copies go where the manifest says, and nowhere else. */
function judgeCopying({ specs }: World, { configName, call, name, regions = [] }: Entry): string[] {
  const wanted = specs[configName as ConfigName].regions
  const others = call === 'replicate' ? regions.filter((region) => !wanted.includes(region)) : []
  return others.map((region) => `copy of ${name} in ${region}, which nobody wants`)
}

/** What an atomic config puts is nothing to readers before the label moves. */
function judgeStaging({ climate }: World, { configName, call, name, before, after }: Entry): string[] {
  if (call !== 'put' || before?.current === undefined || isParameter(name)) return []
  const isAtomic = climate.atomic.some((config) => config === configName)
  return isAtomic && before.current !== after?.current ? [`put of ${name} was current at once`] : []
}

function judgeDeletion({ climate, harness }: World, { call, name, after }: Entry): string[] {
  if (call !== 'scheduleDeletion' && call !== 'remove' && call !== 'removeReplicas') return []
  if (climate.prune !== 'schedule') return [`${call} of ${name} without prune`]
  if (call !== 'scheduleDeletion') return []
  const window = Date.parse(after?.deletionAt ?? '') - harness.clock.now()
  return window >= weekMs ? [] : [`deletion of ${name} with a window of ${window} ms`]
}

/** Judges a world that came to rest: everything is as the newest commit says, and nobody wrote more than need be. */
export async function judgeRest(world: World): Promise<string[]> {
  const found = [...world.violations, ...judgeCounts(world)]
  for (const config of configNames) {
    found.push(...(await judgeConfig(world, config)), ...(await judgeChain(world, config)))
  }
  return found
}

async function judgeConfig(world: World, config: ConfigName): Promise<string[]> {
  const { content } = world.commits.at(-1) ?? {}
  if (!content) return []
  const found: string[] = []
  const wanted = new Map(content[config])
  if (config === 'dev') for (const key of listFillers(world.climate)) wanted.set(key, 'fill')
  if (wanted.size === 0) return []
  const { isHeld, faults } = await judgePlan(world, config)
  for (const [key, value] of wanted) found.push(...(await judgeWanted(world, config, { key, value, isHeld })))
  return [...found, ...(await judgeState(world, config)), ...faults]
}

async function judgeWanted(
  world: World,
  config: ConfigName,
  { key, value, isHeld }: { readonly key: string; readonly value: string; readonly isHeld: boolean },
): Promise<string[]> {
  const name = nameNow(world, config, key)
  const live = await world.store.describe(name)
  if (!live) return [`${name} is missing`]
  const owner = ownerOf(world, name, live)
  if (owner !== config) {
    return isMarkedFor(world, config, live) ? [`${name} of ${owner} is marked for ${config}`] : []
  }
  const found = readValue(world.values, live)
  const isWaiting = isHeld && !isParameter(name)
  return [
    ...(isWaiting || found === value ? [] : [`${name} is ${found}, not ${value}`]),
    ...(live.deletionAt === undefined ? [] : [`${name} is scheduled for deletion`]),
    ...(isMarkedFor(world, config, live) ? [] : [`${name} has lost its mark`]),
    ...judgeCopies(world, config, live),
    ...(await judgeHistory(world, config, { live, isHeld: isWaiting })),
  ]
}

/** A secret has the copies that its config asks for; no others are ended unless it prunes. */
function judgeCopies({ specs, climate }: World, config: ConfigName, { name, replicas = [] }: Live): string[] {
  const { regions } = specs[config]
  if (isParameter(name) || regions.length === 0) return []
  const found = replicas.map(({ region }) => region)
  const missing = regions.filter((region) => !found.includes(region))
  const more = climate.prune === 'schedule' ? found.filter((region) => !regions.includes(region)) : []
  return [
    ...missing.map((region) => `${name} has no copy in ${region}`),
    ...more.map((region) => `${name} has a copy in ${region} that nobody wants`),
  ]
}

/**
 * Whoever asks what set a secret finds the version that it has. Where a group waits it may be one that a hand has set,
 * or of a time that is not remembered.
 */
async function judgeHistory(
  { harness, touched }: World,
  config: ConfigName,
  { live, isHeld }: { readonly live: Live; readonly isHeld: boolean },
): Promise<string[]> {
  const entries = await harness.state.listHistory(`m/shop/${config}`, 1_000)
  const told = entries
    .flatMap(({ outcomes }) => outcomes.toReversed())
    .find(
      ({ name, result, versionId }) => name === live.name && result === 'applied' && versionId !== undefined,
    )
  if (isHeld && (!told || touched.has(live.name))) return []
  return told?.versionId === live.current ? [] : [`the history of ${live.name} ends with another version`]
}

async function judgeState({ harness }: World, config: ConfigName): Promise<string[]> {
  const head = await harness.state.readHead(`m/shop/${config}`)
  if (!head) return [`${config} was never looked at`]
  return head.lease ? [`${config} still has a lease`] : []
}

/** There is nothing left to do but what people must decide; a group waits as a whole until they have (`isHeld`). */
async function judgePlan(
  { climate, harness, dependencies }: World,
  config: ConfigName,
): Promise<{ readonly isHeld: boolean; readonly faults: readonly string[] }> {
  const poke = {
    ...harness.poke(config),
    trigger: 'manual',
    planOnly: true,
    requestId: 'plan-at-rest',
  } as const
  const { plan, error } = await createSyncConfig(dependencies)(poke, {
    deadlineAt: harness.clock.now() + 300_000,
  })
  if (error) return { isHeld: false, faults: [`${config} has no plan: ${error.code}`] }
  const changes = plan?.changes ?? []
  const isHeld = climate.atomic.includes(config) && changes.some(isInTheWay)
  const decided = isHeld ? ['conflict', 'update', 'relabel', 'delete'] : ['conflict']
  const left = changes.filter(
    ({ action, name }) => !(isParameter(name) ? ['conflict'] : decided).includes(action),
  )
  return { isHeld, faults: left.map(({ action, name }) => `${action} of ${name} is left to do`) }
}

/** A copy that failed says nothing about the secret, and a parameter is in no group. */
function isInTheWay(change: Change): boolean {
  return change.action === 'conflict' && change.code !== 'ReplicaFailed' && !isParameter(change.name)
}

/**
 * One write for each reason to write, and at most one more for each call that went wrong. Where a move of a group has
 * failed the others go back, and forth again later.
 */
function judgeCounts({ climate, ledger, events, disturbances, failures }: World): string[] {
  const idle = ledger.filter(isIdle)
  const found = idle.length > disturbances ? [`${idle.length} writes without effect: ${list(idle)}`] : []
  const most = disturbances + (climate.atomic.length > 0 ? failures : 0)
  const moves = ledger.filter(({ before, after }) => before?.current !== after?.current)
  for (const [name, { length }] of Map.groupBy(moves, ({ name }) => name)) {
    const reasons = events.get(name) ?? 0
    if (length > reasons + most) found.push(`${name} was written ${length} times for ${reasons} reasons`)
  }
  return found
}

/** A put that meets a version without labels changes nothing, and the label is moved next: the two are one write. */
function isIdle({ call, before, after, versionId }: Entry): boolean {
  const isFirstHalf = call === 'put' && before?.current !== versionId
  return !isFirstHalf && describe(before) === describe(after)
}

function describe(live: Live | null): string {
  return JSON.stringify(live && { ...live, versions: [...live.versions] })
}

function list(entries: readonly Entry[]): string {
  return entries.map(({ call, name }) => `${call} ${name}`).join(', ')
}

/** Whether the tags of a secret say that `config` owns it. */
function isMarkedFor({ harness }: World, config: ConfigName, live: Live): boolean {
  const scope = { key: new Uint8Array(32).fill(9), deployment: 'test', ...harness.store.target }
  const owner = parseOwner(scope, live.name, live.tags)
  return owner?.valid === true && owner.configId === `m/shop/${config}`
}
