import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { combineShares, divide, multiply } from '../../../../../lib/core/sops/keys/shamir.ts'

/** Parts of the bytes 00…1f, any two of which suffice, as the scheme of HashiCorp Vault splits them. */
const vectors = [
  '5bf2ca664f799db049f247097a633ab0d613fe53773cdad626e4b4829768eb2201',
  'b6fc89c992fd2b728ae4900fe0d1666a8715d193d247958e64f85d3211f7ef6502',
  'ed0f41acd981b0c5cb1fdd0d96bf52d541173dd3b16e594f5a05f3ab9a821a5803',
].map((hex) => Uint8Array.from(Buffer.from(hex, 'hex')))

const secret = Uint8Array.from({ length: 32 }, (_, index) => index)

function pick(...indexes: number[]): Uint8Array[] {
  return indexes.flatMap((index) => vectors[index] ?? [])
}

/** One share at `x`: for each byte of the secret a polynomial with that byte as its constant term. */
function share(bytes: Uint8Array, coefficients: readonly Uint8Array[], x: number): Uint8Array {
  const ys = bytes.map((constant, position) =>
    [constant, ...coefficients.map((row) => row[position] ?? 0)].reduceRight(
      (sum, coefficient) => multiply(sum, x) ^ coefficient,
      0,
    ),
  )
  return Uint8Array.from([...ys, x])
}

const splits = fc.integer({ min: 1, max: 64 }).chain((length) => {
  const row = fc.uint8Array({ minLength: length, maxLength: length })
  return fc.record({
    bytes: row,
    coefficients: fc.array(row, { minLength: 1, maxLength: 4 }),
    xs: fc.uniqueArray(fc.integer({ min: 1, max: 255 }), { minLength: 5, maxLength: 9 }),
  })
})

describe('arithmetic in GF(2^8)', () => {
  it('agrees with the published checks', () => {
    expect([multiply(3, 7), divide(3, 3), divide(6, 3)]).toEqual([9, 1, 2])
  })

  it('divides back what it multiplied', () => {
    const byte = fc.integer({ min: 0, max: 255 })
    fc.assert(
      fc.property(byte, fc.integer({ min: 1, max: 255 }), (left, right) => {
        expect(divide(multiply(left, right), right)).toBe(left)
      }),
    )
  })
})

describe('combineShares', () => {
  it.each([
    ['the first two parts', pick(0, 1)],
    ['the last two parts, in reverse', pick(2, 1)],
    ['all parts, one more than needed', pick(0, 1, 2)],
  ])('recovers the secret from %s', (_, shares) => {
    expect(combineShares(shares)).toEqual(secret)
  })

  it('recovers any secret from as many shares as the threshold, or more', () => {
    fc.assert(
      fc.property(splits, ({ bytes, coefficients, xs }) => {
        const shares = xs.map((x) => share(bytes, coefficients, x))
        expect(combineShares(shares)).toEqual(bytes)
        expect(combineShares(shares.slice(0, coefficients.length + 1))).toEqual(bytes)
      }),
    )
  })

  it.each([
    ['nothing', []],
    ['one part', pick(0)],
    ['the same part twice', pick(0, 0)],
    ['parts of unequal length', [Uint8Array.of(1, 2, 3), Uint8Array.of(1, 2)]],
    ['parts without a byte', [Uint8Array.of(1), Uint8Array.of(2)]],
    ['empty parts', [Uint8Array.of(), Uint8Array.of()]],
    ['a part at zero', [Uint8Array.of(1, 0), Uint8Array.of(1, 2)]],
  ])('refuses %s', (_, shares) => {
    expect(() => combineShares(shares)).toThrow(expect.objectContaining({ code: 'SopsMetadataInvalid' }))
  })
})
