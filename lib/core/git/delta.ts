import { SyncError } from '../errors.ts'
import { type ByteReader, createByteReader } from './byte-reader.ts'

/** The size that a delta announces for its result, in bytes. @throws {SyncError} GitDataInvalid */
export function readDeltaResultSize(delta: Uint8Array): number {
  const reader = createByteReader(delta)
  reader.nextSize()
  return reader.nextSize()
}

/**
 * Builds an object from the one that it was derived from. It is up to the caller to bound the announced size.
 * @throws {SyncError} GitDataInvalid where an instruction reaches outside, or a size is not as announced
 * @see https://git-scm.com/docs/gitformat-pack#_deltified_representation
 */
export function applyDelta(base: Uint8Array, delta: Uint8Array): Uint8Array {
  const reader = createByteReader(delta)
  if (reader.nextSize() !== base.length) throw damaged()
  const result = new Uint8Array(reader.nextSize())
  let written = 0
  while (reader.offset() < delta.length) {
    const piece = readPiece(reader, base, delta)
    if (written + piece.length > result.length) throw damaged()
    result.set(piece, written)
    written += piece.length
  }
  if (written !== result.length) throw damaged()
  return result
}

/** A copy out of the base, or new bytes that stand in the delta itself. */
function readPiece(reader: ByteReader, base: Uint8Array, delta: Uint8Array): Uint8Array {
  const instruction = reader.next()
  if (instruction & 0x80) {
    const start = readBytes(reader, instruction, 4)
    const size = readBytes(reader, instruction >> 4, 3) || 0x10000
    if (start + size > base.length) throw damaged()
    return base.subarray(start, start + size)
  }
  const start = reader.offset()
  if (instruction === 0 || start + instruction > delta.length) throw damaged()
  reader.skip(instruction)
  return delta.subarray(start, start + instruction)
}

/** A number of which only the bytes are there whose bits are set in `present`. */
function readBytes(reader: ByteReader, present: number, count: number): number {
  let value = 0
  for (let index = 0; index < count; index++) {
    if (present & (1 << index)) value += reader.next() * 0x100 ** index
  }
  return value
}

function damaged(): SyncError {
  return new SyncError('GitDataInvalid', { data: { part: 'delta' } })
}
