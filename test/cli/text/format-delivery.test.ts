import { expect, it } from 'vitest'
import { formatDelivery } from '../../../cli/text/format-delivery.ts'
import type { DeliveryFate } from '../../../lib/core/audit/delivery-effect.ts'

const fate: DeliveryFate = {
  hash: 'h1',
  host: 'github',
  event: 'push',
  receivedAt: '2026-01-31T08:00:00.000Z',
  repositories: ['github.com/acme/shop'],
  requestId: 'h1',
  actor: { from: 'push', name: 'somebody' },
  result: 'queued',
  configs: [
    {
      configId: 'm/shop/a',
      fate: 'synced',
      at: '2026-01-31T08:00:02.000Z',
      result: 'ReconciliationSucceeded',
      changes: { create: 2, update: 1 },
    },
    { configId: 'm/shop/b', fate: 'untouched' },
  ],
}

it('shows what each config did because of it', () => {
  expect(
    formatDelivery(fate)
      .split('\n')
      .map((line) => line.trimEnd().split(/ {2,}/)),
  ).toEqual([
    ['push from github at 2026-01-31T08:00:00.000Z: queued, github.com/acme/shop, by somebody (claimed)'],
    ['CONFIG', 'FATE', 'TIME', 'RESULT', 'CHANGES'],
    ['m/shop/a', 'synced', '2026-01-31T08:00:02.000Z', 'ReconciliationSucceeded', '2 create, 1 update'],
    ['m/shop/b', 'untouched', '-', '-', '-'],
  ])
})

it('says where nobody follows the repository', () => {
  expect(formatDelivery({ ...fate, configs: [] })).toContain('No config follows this repository.')
})
