import { describe, expect, it } from 'vitest'
import { createAliasBudget } from '../../../../../../../lib/core/sops/formats/yaml/parse/alias-budget.ts'

const spend = (plain: number, aliased: number) => {
  const budget = createAliasBudget()
  for (let count = 0; count < plain; count += 1) budget.spend(false)
  let isWithin = true
  for (let count = 0; count < aliased && isWithin; count += 1) isWithin = budget.spend(true)
  return isWithin
}

describe('the alias budget', () => {
  it.each([
    [0, 1000, true],
    [0, 1001, false],
    [100, 9000, true],
    [100, 9901, false],
    [200_000, 200_000, true],
    [3_700_000, 290_000, true],
    [3_000_000, 1_000_000, false],
  ])('of %d plain nodes and %d out of aliases: %s', (plain, aliased, isWithin) => {
    expect(spend(plain, aliased)).toBe(isWithin)
  })
})
