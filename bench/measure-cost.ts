import type { GitHttpServer } from '../test/servers/git-http-server.ts'
import { median } from './median.ts'

/** What reading from a Git server took. */
export interface Cost {
  readonly requests: number
  /** Both ways, headers included. */
  readonly bytes: number
  readonly durationMs: number
}

/** Does `work` and counts what `server` saw of it. */
export async function measureCost(server: GitHttpServer, work: () => Promise<void>): Promise<Cost> {
  server.requests.length = 0
  const startedAt = performance.now()
  await work()
  const durationMs = performance.now() - startedAt
  // The server counts a request when it has closed its answer.
  await new Promise((resolve) => setTimeout(resolve, 20))
  const bytes = server.requests.reduce(
    (sum, { receivedBytes, sentBytes }) => sum + receivedBytes + sentBytes,
    0,
  )
  return { requests: server.requests.length, bytes, durationMs }
}

/** The median of each part. */
export function medianCost(costs: readonly Cost[]): Cost {
  return {
    requests: median(costs.map(({ requests }) => requests)),
    bytes: median(costs.map(({ bytes }) => bytes)),
    durationMs: Math.round(median(costs.map(({ durationMs }) => durationMs))),
  }
}

/** One cost as parts of another. */
export function formatRatios(own: Cost, other: Cost): string {
  const ratio = (key: keyof Cost) => (own[key] / other[key]).toFixed(2)
  return `${ratio('requests')} requests, ${ratio('bytes')} bytes, ${ratio('durationMs')} time`
}
