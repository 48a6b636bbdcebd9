import { SyncError } from '../../errors.ts'

/**
 * The secret behind Shamir `shares`: Lagrange interpolation at 0 over GF(2^8) with the polynomial 0x11B. A share is
 * `y[0] … y[n-1] x`. Shares above the threshold do no harm. Too few or wrong ones give a wrong secret, not an error.
 * @throws {SyncError} SopsMetadataInvalid: fewer than two shares, unequal lengths, x repeated or zero
 * @see https://github.com/hashicorp/vault/blob/main/shamir/shamir.go
 */
export function combineShares(shares: readonly Uint8Array[]): Uint8Array {
  const points = parseShares(shares)
  const weights = points.map(({ x }, own) => weightAtZero(x, otherXs(points, own)))
  const length = points[0]?.ys.length ?? 0
  const secret = new Uint8Array(length)
  points.forEach(({ ys }, index) => {
    const weight = weights[index] ?? 0
    ys.forEach((y, position) => {
      secret[position] = (secret[position] ?? 0) ^ multiply(y, weight)
    })
  })
  return secret
}

/** Product in GF(2^8), without tables, so that time and memory access do not depend on the secret. */
export function multiply(left: number, right: number): number {
  let product = 0
  let shifted = left
  for (let bit = 0; bit < 8; bit++) {
    product ^= shifted & -((right >> bit) & 1)
    shifted = ((shifted << 1) ^ (0x11b & -(shifted >> 7))) & 0xff
  }
  return product
}

/** Quotient in GF(2^8); the inverse of `divisor` is its 254th power. */
export function divide(dividend: number, divisor: number): number {
  let inverse = 1
  for (let step = 0; step < 254; step++) inverse = multiply(inverse, divisor)
  return multiply(dividend, inverse)
}

interface Point {
  readonly x: number
  readonly ys: Uint8Array
}

function parseShares(shares: readonly Uint8Array[]): Point[] {
  const points = shares.map((share) => ({ x: share.at(-1) ?? 0, ys: share.subarray(0, -1) }))
  const lengths = new Set(shares.map(({ length }) => length))
  const xs = new Set(points.map(({ x }) => x))
  if (points.length < 2 || lengths.size !== 1 || lengths.has(1) || xs.size !== points.length || xs.has(0)) {
    throw new SyncError('SopsMetadataInvalid', { data: { reason: 'the Shamir parts do not fit together' } })
  }
  return points
}

function otherXs(points: readonly Point[], own: number): number[] {
  return points.filter((_, index) => index !== own).map(({ x }) => x)
}

function weightAtZero(x: number, others: readonly number[]): number {
  return others.reduce((weight, other) => multiply(weight, divide(other, x ^ other)), 1)
}
