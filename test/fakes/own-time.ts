/** What never ends takes more, and what takes a second on a quiet machine takes less on a busy one. */
export const runawayMs = 10_000

/**
 * Processor time that `work` takes in this thread, in milliseconds: what a busy machine takes from it does not count.
 */
export function measureOwnTimeMs(work: () => void): number {
  const before = process.threadCpuUsage()
  work()
  const { user, system } = process.threadCpuUsage(before)
  return (user + system) / 1_000
}
