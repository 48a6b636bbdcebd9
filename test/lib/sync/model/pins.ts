import { type ConfigName, configNames, keysOf } from './content.ts'
import { readValue } from './ledger.ts'
import { countReached, nameNow, ownerOf, type World } from './world.ts'

/** Judges a world that came to rest while configs are pinned: each stays at its point, whatever Git says. */
export async function judgePins(world: World): Promise<string[]> {
  const found: string[] = []
  for (const config of configNames) found.push(...(await judgePin(world, config)))
  return found
}

/**
 * Where versions are gone the config says so, and nothing else is promised. What a config was called in that commit is
 * not known here once it has had several names.
 */
async function judgePin(world: World, config: ConfigName): Promise<string[]> {
  const { state } = world.harness
  const id = `m/shop/${config}`
  const [intent, head] = await Promise.all([state.readIntent(id), state.readHead(id)])
  if (!intent?.pin || !head) return []
  if (head.lease) return [`${config} still has a lease at its pin`]
  countReached(world, `pinned: ${head.status.phase}`)
  if (head.status.phase !== 'Ready') return []
  const { revision } = intent.pin
  const content = world.commits.find(({ id: commitId }) => commitId === revision.commit)?.content[config]
  const found = head.applied?.revision.commit === revision.commit ? [] : [`${config} is not at its pin`]
  if (world.renamed.has(config)) return found
  for (const key of keysOf[config]) {
    const name = nameNow(world, config, key)
    const live = await world.store.describe(name)
    const wanted = content?.get(key)
    if (wanted === undefined || ownerOf(world, name, live) !== config) continue
    const value = readValue(world.values, live)
    if (value !== wanted) found.push(`${name} is ${value}, not ${wanted} as it was at the pin`)
  }
  return found
}
