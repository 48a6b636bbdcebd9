import { expect, it } from 'vitest'
import { decodeText, encodeText } from '../../../../lib/core/sops/text.ts'

it('keeps a byte order mark and replaces what is no UTF-8', () => {
  expect(decodeText(Uint8Array.of(0xef, 0xbb, 0xbf, 0x61, 0xff))).toBe('\ufeffa\ufffd')
})

it('writes UTF-8', () => {
  expect([...encodeText('é')]).toEqual([0xc3, 0xa9])
})
