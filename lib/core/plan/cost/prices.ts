/**
 * What AWS Secrets Manager costs, in US dollars; no region has other prices.
 * @see https://aws.amazon.com/secrets-manager/pricing/
 */
export const prices = {
  /** When the page was read. */
  asOf: '2026-09-20',
  perSecretAndMonth: 0.4,
  per10000Calls: 0.05,
} as const

/** A month in which prices are given: 30 days. */
export const monthMs = 30 * 24 * 60 * 60_000
