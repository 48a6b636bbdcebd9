import { SyncError } from '../errors.ts'

/** Reads bytes one after the other. */
export interface ByteReader {
  /** Where the next byte stands. */
  offset(): number
  /** @throws {SyncError} GitDataInvalid at the end */
  next(): number
  /**
   * A number in bytes of 7 bits, the lowest first; those before it may have held its lowest bits already.
   * @throws {SyncError} GitDataInvalid at the end
   */
  nextSize(low?: { readonly value: number; readonly bits: number }): number
  skip(count: number): void
}

export function createByteReader(bytes: Uint8Array, start = 0): ByteReader {
  let at = start
  function next(): number {
    const byte = bytes[at++]
    if (byte === undefined) throw new SyncError('GitDataInvalid', { data: { part: 'pack', offset: at } })
    return byte
  }
  return {
    offset: () => at,
    next,
    nextSize({ value, bits } = { value: 0, bits: 0 }) {
      let size = value
      let scale = 2 ** bits
      for (let byte = 0x80; byte & 0x80; scale *= 0x80) {
        byte = next()
        size += (byte & 0x7f) * scale
      }
      return size
    },
    skip(count) {
      at += count
    },
  }
}
