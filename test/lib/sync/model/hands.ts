import fc from 'fast-check'
import { isParameter } from '../../../../lib/core/parameters/parameter-name.ts'
import type { Live } from '../../../../lib/core/plan/plan.ts'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { command } from './command.ts'
import { allKeys, keysOf, nameOf } from './content.ts'
import { leaveGroups } from './groups.ts'
import { allRegions } from './replicas.ts'
import {
  countEvent,
  listNames,
  nameNow,
  nextRequest,
  ownerOf,
  putConfig,
  readNumber,
  type World,
} from './world.ts'

const anyName = fc
  .tuple(fc.constantFrom(...allKeys), fc.constantFrom('api' as const, 'api' as const, 'web' as const))
  .map(([key, prefix]) => nameOf(key, prefix))

type Deed = (world: World, name: string, live: Live | null) => Promise<void>

/** What somebody can do to a secret or parameter; what cannot be done comes to nothing. */
const deeds = {
  edit: async (world, name, live) => {
    if (isThere(live)) await writeByHand(world, name)
  },
  'roll-back': async (world, name, live) => {
    if (!isThere(live) || !live.current || !live.previous) return
    countEvent(world, name)
    await world.store.moveCurrent(name, live.previous, live.current)
  },
  end: async (world, name, live) => {
    if (!isThere(live)) return
    countEvent(world, name)
    const regions = live.replicas?.map(({ region }) => region) ?? []
    if (regions.length > 0) await world.store.removeReplicas(name, regions)
    await world.store.scheduleDeletion(name, 7)
  },
  restore: async (world, name, live) => {
    if (live?.deletionAt !== undefined) await world.store.restore(name)
  },
  'take-over': async (world, name) => await createForeign(world, name, {}),
  unmark: async (world, name, live) => {
    if (!isThere(live)) return
    countEvent(world, name)
    await world.store.tag(name, { 'smc-owner': 'nobody' })
    world.owners.set(name, 'foreign')
  },
  create: async (world, name, live) => {
    if (!live) await createForeign(world, name, {})
  },
  'copy-mark': async (world, name) => {
    const others = listNames(world).filter((other) => other !== name)
    const donors = await Promise.all(others.map((other) => world.store.describe(other)))
    // Not one that was copied itself: back under its own name it would be genuine.
    const donor = donors.find((live) => live && world.owners.get(live.name) !== 'foreign')
    if (donor) await createForeign(world, name, donor.tags)
  },
} as const satisfies Record<string, Deed>

/** Somebody else's tool, or a person in the console. */
export const hand = fc.tuple(anyName, fc.constantFrom(...typedKeys(deeds))).map(([name, deed]) =>
  command(`hand: ${deed} ${name}`, async (world) => {
    if (!listNames(world).includes(name)) return
    leaveGroups(world, name)
    await deeds[deed](world, name, await world.store.describe(name))
  }),
)

/** Somebody copies a secret to another region, ends a copy, or one fails or works again. */
export const replicaHand = fc
  .tuple(
    anyName,
    fc.constantFrom(...allRegions),
    fc.constantFrom('copy' as const, 'end' as const, 'fail' as const, 'work' as const),
  )
  .map(([name, region, deed]) =>
    command(`hand: ${deed} the copy of ${name} in ${region}`, async (world) => {
      const live = await world.store.describe(name)
      if (!isThere(live) || isParameter(name)) return
      if (deed === 'copy') await world.store.replicate(name, [region])
      else if (deed === 'end') await world.store.removeReplicas(name, [region])
      world.failed[deed === 'fail' ? 'add' : 'delete'](`${name} ${region}`)
    }),
  )

function isThere(live: Live | null): live is Live {
  return live !== null && live.deletionAt === undefined
}

/** Whatever had the name is gone. */
async function createForeign(
  world: World,
  name: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  if (isParameter(name)) await world.harness.parameters.remove(name)
  else world.harness.forceDelete(name)
  await writeByHand(world, name, tags)
  world.owners.set(name, 'foreign')
}

/** A value that nobody else writes; with `tags` a new secret. */
async function writeByHand(
  world: World,
  name: string,
  tags?: Readonly<Record<string, string>>,
): Promise<void> {
  countEvent(world, name)
  const text = `hand-${nextRequest(world)}`
  const kind = isParameter(name) ? ('parameter' as const) : ('string' as const)
  const version = { name, versionId: text.padEnd(36, '-'), value: SecretValue.fromText(text), kind }
  if (tags) await world.store.create({ ...version, tags })
  else await world.store.put(version)
  const current = (await world.store.describe(name))?.current
  world.values.set(`${name} ${current}`, text)
}

/** `dev` names a foreign secret with the version that it has now; somebody may have made it just before. */
export const adopt = fc.tuple(fc.constantFrom(...keysOf.dev), fc.boolean()).map(([key, isMade]) =>
  command(`adopt ${key}${isMade ? ', made by hand' : ''}`, async (world) => {
    const name = nameNow(world, 'dev', key)
    if (!listNames(world).includes(name)) return
    if (isMade) {
      leaveGroups(world, name)
      await createForeign(world, name, {})
    }
    const live = await world.store.describe(name)
    if (live?.current === undefined || ownerOf(world, name, live) !== 'foreign') return
    if (isParameter(name) && readNumber(live.current) === null) return
    countEvent(world, name)
    world.adopted.set(name, live.current)
    putConfig(world, 'dev')
  }),
)

function typedKeys<Key extends string>(record: Readonly<Record<Key, unknown>>): Key[] {
  return Object.keys(record) as Key[]
}
