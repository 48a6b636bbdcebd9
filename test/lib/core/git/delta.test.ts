import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { applyDelta, readDeltaResultSize } from '../../../../lib/core/git/delta.ts'

const base = Buffer.from('hello, world')
const expectInvalid = (delta: number[]) =>
  expect(() => applyDelta(base, Uint8Array.from(delta))).toThrow(
    expect.objectContaining({ code: 'GitDataInvalid' }),
  )

/** Sizes below 128 in one byte, copies with one byte each for offset and size. */
type Piece = { copy: [start: number, size: number] } | { insert: number[] }

function formatDelta(baseSize: number, pieces: Piece[]): Uint8Array {
  const size = pieces.reduce((sum, piece) => sum + ('copy' in piece ? piece.copy[1] : piece.insert.length), 0)
  const body = pieces.flatMap((piece) =>
    'copy' in piece ? [0x91, ...piece.copy] : [piece.insert.length, ...piece.insert],
  )
  return Uint8Array.from([baseSize, 0x80 | (size & 0x7f), size >> 7, ...body])
}

describe('applyDelta', () => {
  it('copies from the base and inserts new bytes', () => {
    const delta = formatDelta(12, [{ copy: [7, 5] }, { insert: [0x21] }, { copy: [0, 5] }])
    expect(Buffer.from(applyDelta(base, delta)).toString()).toBe('world!hello')
    expect(readDeltaResultSize(delta)).toBe(11)
  })

  it('reads a copy without size bytes as 64 KiB', () => {
    const large = Buffer.alloc(0x10000, 7)
    expect(applyDelta(large, Uint8Array.from([0x80, 0x80, 0x04, 0x80, 0x80, 0x04, 0x80]))).toEqual(
      new Uint8Array(large),
    )
  })

  it.each([
    ['another base', [11, 1, 1, 0x41]],
    ['a copy beyond the base', [12, 5, 0x91, 8, 5]],
    ['more than announced', [12, 1, 2, 0x41, 0x42]],
    ['less than announced', [12, 3, 2, 0x41, 0x42]],
    ['the reserved instruction', [12, 1, 0]],
    ['an insertion that is cut off', [12, 3, 3, 0x41]],
    ['a copy that is cut off', [12, 5, 0x91, 1]],
    ['a size that is cut off', [12, 0x80]],
  ])('refuses %s', (_, delta) => {
    expectInvalid(delta)
  })

  it('builds what the pieces say', () => {
    const copy = fc.tuple(fc.nat(6), fc.integer({ min: 1, max: 6 })).map((range): Piece => ({ copy: range }))
    const insert = fc
      .array(fc.nat(255), { minLength: 1, maxLength: 20 })
      .map((bytes): Piece => ({ insert: bytes }))
    fc.assert(
      fc.property(fc.array(fc.oneof(copy, insert), { maxLength: 30 }), (pieces) => {
        const expected = pieces.flatMap((piece) =>
          'copy' in piece ? [...base.subarray(piece.copy[0], piece.copy[0] + piece.copy[1])] : piece.insert,
        )
        expect([...applyDelta(base, formatDelta(12, pieces))]).toEqual(expected)
      }),
    )
  })
})
