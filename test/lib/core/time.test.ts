import { expect, it } from 'vitest'
import { formatTime, parseTime } from '../../../lib/core/time.ts'

it('formats and parses instants that sort as text', () => {
  expect(formatTime(0)).toBe('1970-01-01T00:00:00.000Z')
  expect(parseTime(formatTime(1_767_225_600_123))).toBe(1_767_225_600_123)
  expect(formatTime(9) < formatTime(10)).toBe(true)
})
