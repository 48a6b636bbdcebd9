import { isParameter } from '../../../../lib/core/parameters/parameter-name.ts'
import { judgeGroup } from '../../../../lib/core/plan/group/atomic-group.ts'
import type { ConfigHead, Lease } from '../../../../lib/core/state/records.ts'
import type { StateStore } from '../../../../lib/ports.ts'
import { type ConfigName, configNames, keysOf } from './content.ts'
import { readValue } from './ledger.ts'
import { countReached, type Group, nameNow, ownerOf, type World } from './world.ts'

/** The state as workers have it: a group opens when a run says what it writes, and is judged when its lease is gone. */
export function watchGroups(worldOf: () => World, state: StateStore): StateStore {
  return {
    ...state,
    readIntent: async (id) => {
      const world = worldOf()
      const intent = await state.readIntent(id)
      for (const name of configNames)
        if (id === `m/shop/${name}`) world.pinned[intent?.pin ? 'add' : 'delete'](name)
      return intent
    },
    writeHead: async (head, before) => {
      const world = worldOf()
      const config = configNames.find((name) => head.id === `m/shop/${name}`)
      const group =
        config && head.lease && isBegun(head, before) && (await readGroup(world, config, head.lease))
      await state.writeHead(head, before)
      if (!config) return
      if (group) {
        world.groups.set(config, group)
        countReached(world, `group of ${group.size} begun`)
      }
      if (!head.lease) world.violations.push(...(await closeGroup(world, config)))
    },
  }
}

/** Whoever settles a dead run takes over its lease: that begins nothing. */
function isBegun({ lease }: ConfigHead, before: ConfigHead | null): boolean {
  return JSON.stringify(lease?.writes) !== JSON.stringify(before?.lease?.writes)
}

/**
 * The secrets of the config that are to change: known by the commit, not by what the run has planned. A pin is not a
 * commit; there it is what the run has written down. Where a hand was last, nothing is promised.
 */
async function readGroup(world: World, config: ConfigName, lease: Lease): Promise<Group> {
  const group: Group = new Map()
  if (!world.climate.atomic.includes(config)) return group
  const content = world.commits.find(({ id }) => id === lease.revision.commit)?.content[config]
  const isPinned = (await world.harness.state.readIntent(`m/shop/${config}`))?.pin !== undefined
  for (const key of keysOf[config]) {
    const name = nameNow(world, config, key)
    if (isParameter(name)) continue
    const live = await world.store.describe(name)
    if (live?.current === undefined || ownerOf(world, name, live) !== config) continue
    const wanted = content?.get(key)
    const isChanged = isPinned
      ? lease.writes.some((write) => write.name === name && write.from !== undefined)
      : wanted !== undefined && readValue(world.values, live) !== wanted
    if (isChanged && !world.touched.has(name)) group.set(name, live.current)
  }
  return group
}

/** A group has moved as a whole or not at all. */
async function closeGroup({ groups, store, reached }: World, config: ConfigName): Promise<string[]> {
  const group = groups.get(config) ?? new Map<string, string>()
  groups.delete(config)
  const judged = await Promise.all(
    [...group].map(async ([name, from]) => ({
      name,
      hasMoved: (await store.describe(name))?.current !== from,
    })),
  )
  const moved = judged.filter(({ hasMoved }) => hasMoved)
  if (judged.length > 1) countReached({ reached }, `group ${moved.length === 0 ? 'stayed' : 'moved'}`)
  if (moved.length === 0 || moved.length === judged.length) return []
  return [
    `the group of ${config} is mixed: of ${[...group.keys()]} only ${moved.map(({ name }) => name)} moved`,
  ]
}

/** Counts in what way a run that ended early has left its group, for the next run to settle. */
export async function countLeft(world: World, id: string): Promise<void> {
  const head = await world.harness.state.readHead(id)
  const members = (head?.lease?.writes ?? []).flatMap(({ name, from, versionId: to }) =>
    from === undefined || to === undefined ? [] : [{ name, from, to }],
  )
  if (members.length < 2) return
  const live = await Promise.all(members.map(({ name }) => world.store.describe(name)))
  const byName = new Map(live.flatMap((secret) => (secret ? [[secret.name, secret]] : [])))
  countReached(world, `group left: ${judgeGroup(members, byName).step}`)
}

/** A hand was at a secret: it is of no group until a worker has set it again. */
export function leaveGroups({ groups, touched }: World, name: string): void {
  touched.add(name)
  for (const group of groups.values()) group.delete(name)
}
