import type { EgressRequest } from '../../lib/adapters/egress/egress.ts'

/** A request that reads `url`, of which a kilobyte may come. */
export function createEgressRequest(url: string, options: Partial<EgressRequest> = {}): EgressRequest {
  const codes = { unavailable: 'GitUnavailable', tooLarge: 'GitFetchTooLarge' } as const
  return { url, method: 'GET', maxBodyBytes: 1000, codes, ...options }
}
