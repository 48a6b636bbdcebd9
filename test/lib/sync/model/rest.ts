import { calmRun, runSchedule, sendLook } from './commands.ts'
import { configNames } from './content.ts'
import { work } from './workers.ts'
import type { World } from './world.ts'

/** Longer than any delay of the schedule, any lease and any lag of a list. */
const roundMs = 11 * 60_000
const hourMs = 60 * 60_000
const messageLimit = 80

/**
 * Time goes by and nothing goes wrong: the schedule runs and messages arrive. Where a config says that it needs a
 * person, one asks for another look in the end.
 */
export async function comeToRest(world: World): Promise<void> {
  for (let round = 0; round < 4; round++) await passRound(world)
  const wantsCopies = configNames.some((config) => world.specs[config].regions.length > 0)
  // Copies are looked at each hour.
  if (wantsCopies) world.harness.clock.advance(hourMs)
  if (wantsCopies) await passRound(world)
  for (const config of configNames) {
    const head = await world.harness.state.readHead(`m/shop/${config}`)
    if (head?.status.phase !== 'Ready') sendLook(world, config, 'manual')
  }
  await passRound(world)
}

/** The schedule runs once, and all messages arrive. */
export async function passRound(world: World): Promise<void> {
  world.harness.clock.advance(roundMs)
  await runSchedule(world)
  for (let sent = 0; world.mail.length > 0; sent++) {
    if (sent > messageLimit) throw new Error('messages without end')
    const poke = world.mail.shift()
    if (poke) await work(world, { poke, run: calmRun })
  }
}
