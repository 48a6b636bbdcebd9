import fc from 'fast-check'
import { it } from 'vitest'
import type { Command } from './model/command.ts'
import { anyCommand, firstContent } from './model/commands.ts'
import { configNames } from './model/content.ts'
import { watchGroups } from './model/groups.ts'
import { judgeRest, judgeWrite } from './model/invariants.ts'
import { resumeConfig } from './model/operators.ts'
import { judgePins } from './model/pins.ts'
import { allRegions } from './model/replicas.ts'
import { comeToRest, passRound } from './model/rest.ts'
import { type Climate, commit, createWorld } from './model/world.ts'

/** A long run takes other histories each time: `SMC_MODEL_HISTORIES=20000`, and `SMC_MODEL_SEED` to see one again. */
const asked = process.env['SMC_MODEL_HISTORIES']
const histories = Number(asked ?? 100)
const seed = Number(process.env['SMC_MODEL_SEED'] ?? (asked ? Date.now() % 2 ** 31 : 1))

const anyClimate: fc.Arbitrary<Climate> = fc.record({
  prune: fc.constantFrom('report', 'schedule'),
  isLarge: fc.oneof(
    { weight: 3, arbitrary: fc.constant(false) },
    { weight: 1, arbitrary: fc.constant(true) },
  ),
  parameters: fc.boolean(),
  isContested: fc.constantFrom(false, false, true),
  atomic: fc.constantFrom([], ['dev'] as const, ['dev', 'prod'] as const),
  regions: fc.constantFrom([], [], [], [...allRegions], allRegions.slice(1)),
  lags: fc.array(fc.constantFrom(0, 0.2, 0.5, 0.999), { minLength: 1, maxLength: 5 }),
})

const reached = new Map<string, number>()

/** @returns what must not be, when everything is over */
async function live(climate: Climate, history: readonly Command[]): Promise<string[]> {
  const world = await createWorld(climate, { judgeWrite, watchState: watchGroups })
  try {
    commit(world, firstContent)
    await passRound(world)
    for (const { run } of history) await run(world)
    await comeToRest(world)
    if (world.pinned.size > 0) {
      world.violations.push(...(await judgePins(world)))
      for (const config of configNames) await resumeConfig(world, config)
      await comeToRest(world)
    }
    return await judgeRest(world)
  } finally {
    for (const [what, count] of world.reached) reached.set(what, (reached.get(what) ?? 0) + count)
    world.harness.close()
  }
}

it(
  `holds what it promises in ${histories} histories (seed ${seed})`,
  async () => {
    await fc.assert(
      fc.asyncProperty(
        anyClimate,
        fc.array(anyCommand, { minLength: 1, maxLength: 20, size: 'max' }),
        async (climate, history) => {
          const found = await live(climate, history)
          if (found.length > 0) throw new Error(found.join('\n'))
        },
      ),
      {
        numRuns: histories,
        seed,
        reporter: report,
      },
    )
    if (asked) console.info(describeReached())
  },
  120_000 + histories * 2_000,
)

/** What a long run has been through, often or hardly ever. */
function describeReached(): string {
  const counts = [...reached].sort(([, one], [, other]) => other - one)
  return counts.map(([what, count]) => `${String(count).padStart(9)}  ${what}`).join('\n')
}

/** The counterexample as a story. */
function report({
  failed,
  counterexample,
  counterexamplePath,
  numRuns,
  errorInstance,
}: fc.RunDetails<[Climate, Command[]]>): void {
  if (!failed) return
  const [climate, history] = counterexample ?? []
  const story = [JSON.stringify(climate), ...(history ?? []).map(({ text }) => `- ${text}`)].join('\n')
  throw new Error(
    `seed ${seed}, path ${counterexamplePath}, after ${numRuns} histories:\n${story}\n${errorInstance}`,
  )
}
