import type { Cost } from '../../lib/core/plan/cost/estimate-cost.ts'

/** What a plan costs, for a person. */
export function formatCost({ calls, callsUsd, month, pricesAsOf }: Cost): string[] {
  const listed = Object.entries(calls).map(([action, count]) => `${count} ${action}`)
  return [
    `  costs ${listed.length === 0 ? 'no calls' : `${listed.join(', ')} (${formatUsd(callsUsd)})`}`,
    `  then each month ${formatUsd(month.secretsUsd)} for ${month.secrets} secrets and ` +
      `${formatUsd(month.callsUsd)} for about ${month.calls} calls to watch them (prices of ${pricesAsOf})`,
  ]
}

function formatUsd(usd: number): string {
  return usd > 0 && usd < 0.01 ? 'less than $0.01' : `$${usd.toFixed(2)}`
}
