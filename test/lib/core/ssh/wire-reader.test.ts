import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createWireReader, formatWireString } from '../../../../lib/core/ssh/wire-reader.ts'

describe('createWireReader', () => {
  it('reads what formatWireString wrote, one after the other', () => {
    fc.assert(
      fc.property(fc.array(fc.uint8Array()), (parts) => {
        const { readString } = createWireReader(Buffer.concat(parts.map(formatWireString)))
        expect(parts.map(() => new Uint8Array(readString()))).toEqual(parts)
      }),
    )
  })

  it.each([[[]], [[0, 0, 0]], [[0, 0, 0, 2, 1]], [[255, 255, 255, 255, 1]]])(
    'ends where %j ends',
    (bytes) => {
      expect(() => createWireReader(Buffer.from(bytes)).readString()).toThrow(RangeError)
    },
  )
})
