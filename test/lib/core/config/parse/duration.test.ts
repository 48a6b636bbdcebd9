import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatDuration, parseDuration } from '../../../../../lib/core/config/parse/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['90s', 90_000],
    ['1h30m', 5_400_000],
    ['0.5h', 1_800_000],
    ['.5h', 1_800_000],
    ['1.h', 3_600_000],
    ['1m1m', 120_000],
    ['30m1h', 5_400_000],
    ['2d', 172_800_000],
    ['1h0.001s', 3_600_001],
    ['1500us', 2],
    ['1µs1μs1ns', 0],
    ['0s', 0],
    ['106751d', 106_751 * 86_400_000],
  ])('reads %s', (text, expected) => {
    expect(parseDuration(text)).toBe(expected)
  })

  it.each([
    ['nothing', ''],
    ['no unit', '60'],
    ['a sign', '-5m'],
    ['blanks', '5 m'],
    ['days in the Go form', '1d12h'],
    ['a fraction of days', '0.5d'],
    ['weeks', '1w'],
    ['two points', '1.2.3h'],
    ['a lone point', '.h'],
    ['an exponent', '1e3s'],
    ['more than Go can hold', '2562048h'],
    ['more days than Go can hold', '106752d'],
    ['more text than any duration needs', `${'1s'.repeat(51)}`],
    ['a line break', '5m\n'],
  ])('refuses %s', (_, text) => {
    expect(parseDuration(text)).toBeNull()
  })
})

describe('formatDuration', () => {
  it.each([
    [0, '0s'],
    [90_000, '1m30s'],
    [5_400_000, '1h30m'],
    [172_800_000, '48h'],
    [1_001, '1s1ms'],
  ])('writes %d ms as %s', (durationMs, expected) => {
    expect(formatDuration(durationMs)).toBe(expected)
  })

  it('writes what parseDuration reads back', () => {
    fc.assert(
      fc.property(fc.nat({ max: 9_000_000_000_000 }), (durationMs) => {
        expect(parseDuration(formatDuration(durationMs))).toBe(durationMs)
      }),
    )
  })
})
