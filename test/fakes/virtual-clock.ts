import { setImmediate } from 'node:timers/promises'
import type { Clock } from '../../lib/ports.ts'

/** A clock for many runs at a time: it moves on to the next who wakes when all of them sleep. */
export interface VirtualClock extends Clock {
  /** Lets time pass until `work` has ended. Nothing but sleep may hold it up. */
  run<Value>(work: Promise<Value>): Promise<Value>
}

interface Sleeper {
  readonly wakesAt: number
  readonly wake: () => void
}

/** Starts at 2026-01-31T08:00:00.000Z. */
export function createVirtualClock(startMs = Date.UTC(2026, 0, 31, 8)): VirtualClock {
  let nowMs = startMs
  let seed = 1
  const sleepers: Sleeper[] = []
  return {
    now: () => nowMs,
    // Of a generator that repeats itself from run to run, so that runs that meet part again.
    random: () => {
      seed = (seed * 48_271) % 2_147_483_647
      return seed / 2_147_483_647
    },
    sleep: async (durationMs) => {
      await new Promise<void>((wake) => sleepers.push({ wakesAt: nowMs + durationMs, wake }))
    },
    run: async (work) => {
      let isDone = false
      const ended = work.finally(() => {
        isDone = true
      })
      while (!isDone) {
        await setImmediate()
        const wakesAt = Math.min(...sleepers.map((sleeper) => sleeper.wakesAt))
        const waking = sleepers.filter((sleeper) => sleeper.wakesAt === wakesAt)
        if (waking.length === 0) continue
        nowMs = Math.max(nowMs, wakesAt)
        for (const sleeper of waking) sleepers.splice(sleepers.indexOf(sleeper), 1)
        for (const { wake } of waking) wake()
      }
      return await ended
    },
  }
}
