import type { DeliveryEffect, DeliveryFate } from '../../lib/core/audit/delivery-effect.ts'
import { formatActor } from './format-change.ts'
import { formatTable } from './format-table.ts'

/** What has become of a delivery, for a person. */
export function formatDelivery(delivery: DeliveryFate): string {
  const { host, event, receivedAt, result, actor, repositories, configs } = delivery
  const heading = `${event} from ${host} at ${receivedAt}: ${result}, ${repositories.join(', ')}, by ${formatActor(actor)}`
  if (configs.length === 0) return `${heading}\nNo config follows this repository.`
  return [
    heading,
    formatTable(
      ['CONFIG', 'FATE', 'TIME', 'RESULT', 'CHANGES'],
      configs.map((effect) => [
        effect.configId,
        effect.fate,
        effect.at ?? '-',
        effect.result ?? '-',
        formatCounts(effect),
      ]),
    ),
  ].join('\n')
}

function formatCounts({ changes = {} }: DeliveryEffect): string {
  return (
    Object.entries(changes)
      .map(([action, count]) => `${count} ${action}`)
      .join(', ') || '-'
  )
}
