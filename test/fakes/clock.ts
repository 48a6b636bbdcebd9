import type { Clock } from '../../lib/ports.ts'

/** A clock that stands still until a test moves it; `sleep` moves it too. */
export interface FakeClock extends Clock {
  advance(durationMs: number): void
}

export const hourMs = 60 * 60 * 1000
export const dayMs = 24 * hourMs

/** Starts at 2026-01-31T08:00:00.000Z. */
export function createFakeClock(startMs = Date.UTC(2026, 0, 31, 8)): FakeClock {
  let nowMs = startMs
  return {
    now: () => nowMs,
    random: () => 0.5,
    sleep: async (durationMs) => {
      nowMs += durationMs
    },
    advance: (durationMs) => {
      nowMs += durationMs
    },
  }
}
