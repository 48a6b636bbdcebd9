import fc from 'fast-check'
import { expect, it } from 'vitest'
import { formatParts } from '../../../../../lib/core/plan/identity/mac-parts.ts'

it('reads the same for the same parts only', () => {
  const parts = fc.array(fc.string(), { maxLength: 4 })
  fc.assert(
    fc.property(parts, parts, (a, b) => {
      const equal = JSON.stringify(a) === JSON.stringify(b)
      expect(Buffer.compare(formatParts(...a), formatParts(...b)) === 0).toBe(equal)
    }),
  )
  expect(formatParts('ab', 'c')).not.toEqual(formatParts('a', 'bc'))
})
