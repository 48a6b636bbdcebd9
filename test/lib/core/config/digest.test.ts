import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { digestJson, formatCanonicalJson } from '../../../../lib/core/config/digest.ts'

describe('formatCanonicalJson', () => {
  it.each([
    [{ b: 1, a: [true, null] }, '{"a":[true,null],"b":1}'],
    [{ a: undefined }, '{}'],
    ['x', '"x"'],
    [{ '～': 1, '😀': 2, z: 3 }, '{"z":3,"～":1,"😀":2}'],
  ])('formats %j', (value, expected) => {
    expect(formatCanonicalJson(value)).toBe(expected)
  })

  it('holds what JSON holds', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(JSON.parse(formatCanonicalJson(value))).toEqual(JSON.parse(JSON.stringify(value)))
      }),
    )
  })
})

describe('digestJson', () => {
  it('is the same however the keys are ordered', () => {
    expect(digestJson({ a: 1, b: 2 })).toBe(digestJson({ b: 2, a: 1 }))
    expect(digestJson({ a: 1 })).not.toBe(digestJson({ a: 2 }))
  })
})
