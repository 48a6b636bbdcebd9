import fc from 'fast-check'
import { SecretValue } from '../../../../lib/core/secret-value.ts'
import { command } from './command.ts'
import { leaveGroups } from './groups.ts'
import { countEvent, nameOf, nextRequest, putConfig, type World } from './world.ts'

const anyKey = fc.constantFrom('A', 'B', 'C', 'D')
const anyName = anyKey.map(nameOf)

/** Somebody else's tool, or a person in the console. */
export const hand = fc
  .tuple(
    anyName,
    fc.constantFrom(
      'edit',
      'roll-back',
      'schedule-deletion',
      'restore',
      'take-over',
      'unmark',
      'create',
      'copy-mark',
    ),
  )
  .map(([name, deed]) =>
    command(`hand: ${deed} ${name}`, async (world) => {
      leaveGroups(world, name)
      await deeds[deed](world, name)
    }),
  )

type Deed = (world: World, name: string) => Promise<void>

const deeds: Record<
  'edit' | 'roll-back' | 'schedule-deletion' | 'restore' | 'take-over' | 'unmark' | 'create' | 'copy-mark',
  Deed
> = {
  edit: async (world, name) => {
    const live = await world.store.describe(name)
    if (live && live.deletionAt === undefined) await world.store.put(newValue(world, name))
  },
  'roll-back': async (world, name) => {
    const live = await world.store.describe(name)
    if (!live?.current || !live.previous || live.deletionAt !== undefined) return
    countEvent(world, name)
    await world.store.moveCurrent(name, live.previous, live.current)
  },
  'schedule-deletion': async (world, name) => {
    const live = await world.store.describe(name)
    if (!live || live.deletionAt !== undefined) return
    countEvent(world, name)
    await world.store.scheduleDeletion(name, 7)
  },
  restore: async (world, name) => {
    if (await world.store.describe(name)) await world.store.restore(name)
  },
  'take-over': async (world, name) => {
    world.harness.forceDelete(name)
    await createForeign(world, name, {})
  },
  unmark: async (world, name) => {
    const live = await world.store.describe(name)
    if (!live || live.deletionAt !== undefined) return
    countEvent(world, name)
    await world.store.tag(name, { 'smc-owner': 'nobody' })
    world.owners.set(name, 'foreign')
  },
  create: async (world, name) => {
    if (!(await world.store.describe(name))) await createForeign(world, name, {})
  },
  'copy-mark': async (world, name) => {
    const others = ['A', 'B', 'C', 'D'].map(nameOf).filter((other) => other !== name)
    const donors = await Promise.all(others.map((other) => world.store.describe(other)))
    // Not one that was copied itself: back under its own name it would be genuine.
    const donor = donors.find((live) => live && world.owners.get(live.name) !== 'foreign')
    if (!donor) return
    world.harness.forceDelete(name)
    await createForeign(world, name, donor.tags)
  },
}

async function createForeign(
  world: World,
  name: string,
  tags: Readonly<Record<string, string>>,
): Promise<void> {
  await world.store.create({ ...newValue(world, name), tags })
  world.owners.set(name, 'foreign')
}

function newValue(world: World, name: string) {
  countEvent(world, name)
  const text = `hand-${nextRequest(world)}`
  const versionId = text.padEnd(36, '-')
  world.values.set(versionId, text)
  return { name, versionId, value: SecretValue.fromText(text), kind: 'string' as const }
}

/** `dev` names a foreign secret with the version that it has now. */
export const adopt = fc.nat({ max: 3 }).map((which) =>
  command(`adopt foreign secret ${which}`, async (world) => {
    const foreign = [...world.owners].filter(([, owner]) => owner === 'foreign')
    const [name] = foreign[which % Math.max(foreign.length, 1)] ?? []
    const current = name && (await world.store.describe(name))?.current
    if (!current) return
    countEvent(world, name)
    world.adopted.set(name, current)
    putConfig(world, 'dev')
  }),
)
