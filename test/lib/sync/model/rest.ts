import { calmRun, runSchedule, sendLook } from './commands.ts'
import { work } from './workers.ts'
import { configNames, type World } from './world.ts'

/** Longer than any delay of the schedule, any lease and any lag of a list. */
const roundMs = 11 * 60_000
const roundLimit = 8

/** Time goes by and nothing goes wrong: the schedule runs, messages arrive, and the sweep tells of drift. */
export async function comeToRest(world: World): Promise<void> {
  for (let round = 0; round < 3; round++) await passRound(world)
  for (const config of configNames) sendLook(world, config, 'drift')
  for (let round = 0; round < 2; round++) await passRound(world)
}

/** The schedule runs once, and all messages arrive. */
export async function passRound(world: World): Promise<void> {
  world.harness.clock.advance(roundMs)
  await runSchedule(world)
  for (let sent = 0; world.mail.length > 0; sent++) {
    if (sent > roundLimit * 10) throw new Error('messages without end')
    const poke = world.mail.shift()
    if (poke) await work(world.dependencies, world.harness.clock, { poke, run: calmRun })
  }
}
