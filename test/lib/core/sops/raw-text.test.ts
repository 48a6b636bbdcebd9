import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { decodeRawText, encodeRawText } from '../../../../lib/core/sops/raw-text.ts'

describe('raw text', () => {
  it('gives back any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(encodeRawText(decodeRawText(bytes))).toEqual(Buffer.from(bytes))
      }),
    )
  })

  it('is plain text where the bytes are UTF-8', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(decodeRawText(Buffer.from(text))).toBe(text)
        expect(encodeRawText(text)).toEqual(Buffer.from(text))
      }),
    )
  })

  it.each([
    ['a byte of Latin-1', [0x61, 0xf6, 0x62], 'a\udcf6b'],
    ['an overlong character', [0xc0, 0x80], '\udcc0\udc80'],
    ['a surrogate', [0xed, 0xb2, 0x80], '\udced\udcb2\udc80'],
    ['the character that stands for such', [0xef, 0xbf, 0xbd], '\ufffd'],
    ['that character beside one', [0xef, 0xbf, 0xbd, 0xff], '\ufffd\udcff'],
  ])('keeps %s', (_, bytes, text) => {
    expect(decodeRawText(Uint8Array.from(bytes))).toBe(text)
    expect([...encodeRawText(text)]).toEqual(bytes)
  })
})
