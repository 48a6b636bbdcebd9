import { expect, it } from 'vitest'
import { formatCost } from '../../../cli/text/format-cost.ts'

const month = { secrets: 20, secretsUsd: 8, calls: 8640, callsUsd: 0.0432 }

it.each([
  [{}, 0, 'costs no calls'],
  [{ CreateSecret: 20, TagResource: 1 }, 0.0001, 'costs 20 CreateSecret, 1 TagResource (less than $0.01)'],
  [{ CreateSecret: 20_000 }, 0.1, 'costs 20000 CreateSecret ($0.10)'],
])('says what %j cost', (calls, callsUsd, text) => {
  const [first, second] = formatCost({ calls, callsUsd, month, pricesAsOf: '2026-09-20' })
  expect(first?.trim()).toBe(text)
  expect(second?.trim()).toBe(
    'then each month $8.00 for 20 secrets and $0.04 for about 8640 calls to watch them (prices of 2026-09-20)',
  )
})
