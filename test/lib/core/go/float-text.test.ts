import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatFixed, formatGeneral } from '../../../../lib/core/go/float-text.ts'

describe('formatFixed', () => {
  it.each([
    [1, '1'],
    [1.5, '1.5'],
    [-0, '-0'],
    [1e21, '1000000000000000000000'],
    [1e-7, '0.0000001'],
    [-1.25e-7, '-0.000000125'],
    [123456.789, '123456.789'],
    [Number.POSITIVE_INFINITY, '+Inf'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
    [Number.NaN, 'NaN'],
  ])('writes %d without an exponent', (value, text) => {
    expect(formatFixed(value)).toBe(text)
  })

  it('writes what reads back as the same double', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
        expect(formatFixed(value)).toMatch(/^-?\d+(\.\d*[1-9])?$/)
        expect(Number(formatFixed(value))).toBe(value)
      }),
    )
  })
})

describe('formatGeneral', () => {
  it.each([
    [0, '0'],
    [-0, '-0'],
    [100000, '100000'],
    [1e6, '1e+06'],
    [123456789.125, '1.23456789125e+08'],
    [1e21, '1e+21'],
    [1e-4, '0.0001'],
    [1e-5, '1e-05'],
    [-1.5e-300, '-1.5e-300'],
    [Number.NEGATIVE_INFINITY, '-Inf'],
  ])('writes %d as Go does with the verb g', (value, text) => {
    expect(formatGeneral(value)).toBe(text)
  })
})
