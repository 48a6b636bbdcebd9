/** Runs `task` as soon as fewer than the limit are under way; those waiting start in the order of their calls. */
export type Limiter = <Value>(task: () => Promise<Value>) => Promise<Value>

/** A gate that lets at most `limit` tasks run at a time. */
export function createLimiter(limit: number): Limiter {
  const waiting: (() => void)[] = []
  let running = 0

  async function enter(): Promise<void> {
    if (running < limit) {
      running++
      return
    }
    await new Promise<void>((resolve) => waiting.push(resolve))
  }

  /** Hands the place on to the next in line, so that nobody who comes later can take it. */
  function leave(): void {
    const next = waiting.shift()
    if (next) next()
    else running--
  }

  return async (task) => {
    await enter()
    try {
      return await task()
    } finally {
      leave()
    }
  }
}
