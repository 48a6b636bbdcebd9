import { createHash } from 'node:crypto'
import { inflateSync } from 'node:zlib'
import { SyncError } from '../../../core/errors.ts'
import { type ByteReader, createByteReader } from '../../../core/git/byte-reader.ts'
import { readDeltaResultSize } from '../../../core/git/delta.ts'
import type { ObjectType } from '../../../core/git/object.ts'
import { createPackBudget, type PackLimits } from './pack-limits.ts'

/** One entry of a pack, inflated: an object, or a delta against the entry at an offset or against an object id. */
export type PackEntry =
  | { readonly offset: number; readonly type: ObjectType; readonly bytes: Uint8Array }
  | {
      readonly offset: number
      readonly type: 'delta'
      readonly base: number | string
      readonly bytes: Uint8Array
    }

const objectTypes: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
const offsetDelta = 6
const idDelta = 7

const headerBytes = 12
const trailerBytes = 20
const oidBytes = 20

/**
 * Inflates a pack entry by entry. Announced sizes are judged before anything is inflated, and nothing is inflated
 * further than announced.
 * @throws {SyncError} GitFetchTooLarge; GitDataInvalid where the pack is not what its sizes and its trailer say
 * @see https://git-scm.com/docs/gitformat-pack
 */
export function parsePackEntries(pack: Uint8Array, limits: PackLimits): PackEntry[] {
  const body = Buffer.from(pack.buffer, pack.byteOffset, Math.max(pack.length - trailerBytes, 0))
  const count = readObjectCount(body)
  const budget = createPackBudget(limits)
  budget.assertObjectCount(count)
  if (!createHash('sha1').update(body).digest().equals(pack.subarray(body.length))) throw damaged(body.length)
  const entries: PackEntry[] = []
  let offset = headerBytes
  while (entries.length < count) {
    const { entry, end } = parseEntry(body, offset, budget.spend)
    entries.push(entry)
    offset = end
  }
  if (offset !== body.length) throw damaged(offset)
  return entries
}

function readObjectCount(body: Buffer): number {
  const isPack = body.length >= headerBytes && body.toString('latin1', 0, 4) === 'PACK'
  if (!isPack || body.readUInt32BE(4) !== 2) throw damaged(0)
  return body.readUInt32BE(8)
}

function parseEntry(body: Buffer, offset: number, spend: (sizeBytes: number) => void) {
  const reader = createByteReader(body, offset)
  const first = reader.next()
  const size = { value: first & 0x0f, bits: 4 }
  const sizeBytes = first & 0x80 ? reader.nextSize(size) : size.value
  spend(sizeBytes)
  const kind = (first >> 4) & 0x07
  const base = readBase(reader, kind, { body, offset })
  const start = reader.offset()
  const { bytes, end } = inflate(body, start, sizeBytes)
  if (base !== null) {
    spend(readDeltaResultSize(bytes))
    return { entry: { offset, type: 'delta' as const, base, bytes }, end }
  }
  const type = objectTypes[kind]
  if (type === undefined) throw damaged(offset)
  return { entry: { offset, type, bytes }, end }
}

function readBase(reader: ByteReader, kind: number, { body, offset }: { body: Buffer; offset: number }) {
  if (kind === offsetDelta) return offset - readBaseDistance(reader)
  if (kind !== idDelta) return null
  const start = reader.offset()
  reader.skip(oidBytes)
  return body.toString('hex', start, start + oidBytes)
}

/** Bytes of 7 bits, the highest first; every further byte adds one to what stands before it. */
function readBaseDistance(reader: ByteReader): number {
  let byte = reader.next()
  let distance = byte & 0x7f
  while (byte & 0x80) {
    byte = reader.next()
    distance = (distance + 1) * 0x80 + (byte & 0x7f)
  }
  return distance
}

function inflate(body: Buffer, start: number, sizeBytes: number): { bytes: Uint8Array; end: number } {
  const options = { info: true, maxOutputLength: Math.max(sizeBytes, 1), chunkSize: Math.max(sizeBytes, 64) }
  try {
    // With `info` the result tells how much was consumed, which @types/node does not know.
    const { buffer, engine } = inflateSync(body.subarray(start), options) as unknown as {
      buffer: Buffer
      engine: { bytesWritten: number }
    }
    if (buffer.length !== sizeBytes) throw damaged(start)
    return { bytes: buffer, end: start + engine.bytesWritten }
  } catch (cause) {
    throw damaged(start, cause)
  }
}

function damaged(offset: number, cause?: unknown): SyncError {
  return new SyncError('GitDataInvalid', { data: { part: 'pack', offset }, cause })
}
