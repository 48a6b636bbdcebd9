import { describe, expect, it } from 'vitest'
import { createByteReader } from '../../../../lib/core/git/byte-reader.ts'

describe('createByteReader', () => {
  it('reads bytes, skips some and knows where it is', () => {
    const reader = createByteReader(Uint8Array.of(1, 2, 3, 4), 1)
    expect(reader.next()).toBe(2)
    reader.skip(1)
    expect(reader.offset()).toBe(3)
    expect(reader.next()).toBe(4)
    expect(() => reader.next()).toThrow(expect.objectContaining({ code: 'GitDataInvalid' }))
  })

  it.each([
    [[0x05], undefined, 5],
    [[0x80, 0x01], undefined, 128],
    [[0xff, 0xff, 0xff, 0xff, 0x0f], undefined, 0xffffffff],
    [[0x01], { value: 15, bits: 4 }, 31],
    [[0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x01], undefined, 2 ** 43 - 1],
  ])('reads the size %j on top of %j as %i', (bytes, low, size) => {
    expect(createByteReader(Uint8Array.from(bytes)).nextSize(low)).toBe(size)
  })
})
