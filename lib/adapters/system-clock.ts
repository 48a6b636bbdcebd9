import { setTimeout } from 'node:timers/promises'
import type { Clock } from '../ports.ts'

/** The time and chance of this machine. */
export const systemClock: Clock = {
  now: () => Date.now(),
  random: () => Math.random(),
  sleep: async (durationMs) => {
    await setTimeout(durationMs)
  },
}
