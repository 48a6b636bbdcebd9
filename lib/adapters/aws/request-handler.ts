/** How long AWS may take: a few regions that do not answer must not use up the time of a sync. */
export const requestHandler = {
  connectionTimeout: 2_000,
  requestTimeout: 3_000,
  throwOnRequestTimeout: true,
} as const
