import { expect, it } from 'vitest'
import { formatExpiry } from '../../../../lib/core/state/retention.ts'

it('keeps things for a day', () => {
  expect(formatExpiry(Date.UTC(2026, 1, 28, 23, 59, 59, 999))).toBe('2026-03-01T23:59:59.999Z')
})
