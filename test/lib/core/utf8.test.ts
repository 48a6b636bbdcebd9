import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeUtf8 } from '../../../lib/core/utf8.ts'

describe('decodeUtf8', () => {
  it('reads back every text, a byte order mark included', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        fc.pre(text.isWellFormed())
        expect(decodeUtf8(Buffer.from(`\uFEFF${text}`))).toBe(`\uFEFF${text}`)
      }),
    )
  })

  it.each([[[0xff]], [[0xc0, 0x80]], [[0xed, 0xa0, 0x80]], [[0xe2, 0x82]], [[0x61, 0xf5, 0x80, 0x80, 0x80]]])(
    'is null for %j',
    (bytes) => {
      expect(decodeUtf8(Uint8Array.from(bytes))).toBeNull()
    },
  )
})
