import { expect, it } from 'vitest'
import { formatNames } from '../../../../lib/core/status/format-names.ts'

it.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b', 'c', 'd', 'e'], 'a, b, c, d, e'],
  [['a', 'b', 'c', 'd', 'e', 'f', 'g'], 'a, b, c, d, e and 2 more'],
])('shortens %j', (names, expected) => {
  expect(formatNames(names)).toBe(expected)
})
