import fc from 'fast-check'
import { SyncError } from '../../../../lib/core/errors.ts'
import { createRequests, type Requests } from '../../../../lib/sync/requests.ts'
import { type Command, command } from './command.ts'
import { type ConfigName, configNames, prefixes } from './content.ts'
import { allRegions } from './replicas.ts'
import { countEverywhere, nextRequest, putConfig, type World } from './world.ts'

const ada = { from: 'api', name: 'ada' } as const
const anyConfig = fc.constantFrom(...configNames)

/** Back to something that was published, or to what was before the present revision. */
const rollback = fc
  .tuple(anyConfig, fc.option(fc.nat({ max: 4 })), fc.boolean())
  .map(([config, back, partial]) =>
    command(
      `roll ${config} back${back === null ? '' : ` to the last publication but ${back}`}${partial ? ' (in part)' : ''}`,
      async (world) => {
        const to = back === null ? undefined : await findPublished(world, config, back)
        const order = { ...(to !== undefined && { to }), partial, dryRun: false }
        await ask(world, config, async (requests, id) => await requests.rollback(id, ada, order))
      },
    ),
  )

async function findPublished({ harness }: World, config: ConfigName, back: number) {
  const entries = await harness.state.listHistory(`m/shop/${config}`, 1_000)
  const published = entries.filter(({ result }) => result === 'ReconciliationSucceeded')
  const commits = new Set(published.map(({ revision }) => revision?.commit))
  return [...commits][back % Math.max(commits.size, 1)]
}

const resume = anyConfig.map((config) =>
  command(`resume ${config}`, async (world) => await resumeConfig(world, config)),
)

/** Other names for all that a config has: a move. */
const rename = fc.tuple(anyConfig, fc.constantFrom(...prefixes)).map(([config, prefix]) =>
  command(`rename ${config} to ${prefix}`, async (world) => {
    if (world.specs[config].prefix === prefix) return
    world.specs[config].prefix = prefix
    world.renamed.add(config)
    countEverywhere(world, config)
    putConfig(world, config)
  }),
)

const replicate = fc.tuple(anyConfig, fc.subarray([...allRegions])).map(([config, regions]) =>
  command(`copy ${config} to [${regions}]`, async (world) => {
    world.specs[config].regions = regions
    putConfig(world, config)
  }),
)

/** What operators ask the API for, or write into a manifest. */
export const operator: fc.Arbitrary<Command> = fc.oneof(
  { weight: 4, arbitrary: rollback },
  { weight: 1, arbitrary: resume },
  { weight: 1, arbitrary: rename },
  { weight: 1, arbitrary: replicate },
)

export async function resumeConfig(world: World, config: ConfigName): Promise<void> {
  await ask(world, config, async (requests, id) => await requests.resume(id, ada))
}

/** Each request is a reason to write each secret once. */
async function ask(
  world: World,
  config: ConfigName,
  request: (requests: Requests, id: string) => Promise<unknown>,
): Promise<void> {
  const { state, clock } = world.harness
  const { queue } = world.dependencies
  const createRequestId = () => nextRequest(world)
  try {
    await request(createRequests({ state, queue, clock, createRequestId }), `m/shop/${config}`)
  } catch (thrown) {
    if (thrown instanceof SyncError && thrown.code === 'RevisionNotInHistory') return
    throw thrown
  }
  countEverywhere(world, config)
}
