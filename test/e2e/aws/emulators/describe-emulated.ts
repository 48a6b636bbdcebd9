import { describe } from 'vitest'
import { findObstacle } from './python-environment.ts'

const obstacle = findObstacle()

/** A suite that needs the emulators; skipped, with the reason, where they cannot run. */
export function describeEmulated(title: string, suite: () => void): void {
  if (obstacle !== null) console.warn(`skipped: ${title}: ${obstacle}`)
  describe.skipIf(obstacle !== null)(title, suite)
}
