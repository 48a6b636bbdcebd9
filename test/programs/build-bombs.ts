import { isSyncError } from '../../lib/core/errors.ts'
import { buildAll } from '../fakes/overlay.ts'
import { overlayBombs } from '../fakes/overlay-bombs.ts'
import { measureOwnTimeMs } from '../fakes/own-time.ts'

/**
 * Builds every overlay that multiplies and prints what each took: the code of its refusal, the time of this thread
 * and how far the peak of memory has grown since the start. A process of its own, so that the peak can be told.
 */
const kibibyte = 1024
const tries = 3
const quickMs = 500
const peakBefore = process.resourceUsage().maxRSS
const results: Record<string, { code: string | null; ownTimeMs: number; grownBytes: number }> = {}
for (const [name, create] of Object.entries(overlayBombs)) {
  const overlay = create()
  let code: string | null = null
  const measure = () =>
    measureOwnTimeMs(() => {
      try {
        buildAll(overlay)
      } catch (error) {
        if (!isSyncError(error)) throw error
        code = error.code
      }
    })
  const ownTimeMs = leastOf(tries, measure)
  const grownBytes = (process.resourceUsage().maxRSS - peakBefore) * kibibyte
  results[name] = { code, ownTimeMs, grownBytes }
}
console.log(JSON.stringify(results))

/** Neighbours on the machine add to the time of a thread and never take from it, so a slow one has more tries. */
function leastOf(times: number, measure: () => number): number {
  let least = measure()
  for (let n = 1; n < times && least > quickMs; n++) least = Math.min(least, measure())
  return least
}
