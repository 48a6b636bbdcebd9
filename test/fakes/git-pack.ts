import { createHash } from 'node:crypto'
import { constants, deflateRawSync, deflateSync } from 'node:zlib'

/** One entry of a pack, told lies where a field says otherwise than `data`. */
export interface PackEntrySketch {
  readonly type: 'commit' | 'tree' | 'blob' | 'tag' | 'offset-delta' | 'id-delta' | 'reserved'
  readonly data: Uint8Array
  /** Announced size; that of `data` unless told. */
  readonly sizeBytes?: number
  /** How far before this entry the base of a delta starts, in bytes. */
  readonly distance?: number
  /** The id of the base of a delta. */
  readonly base?: string
  /** What stands in the pack instead of `data` compressed. */
  readonly compressed?: Uint8Array
}

const typeNumbers = { commit: 1, tree: 2, blob: 3, tag: 4, reserved: 5, 'offset-delta': 6, 'id-delta': 7 }

/** A pack of these entries, formatted already or not; its count and trailer are right unless told. */
export function formatPack(
  entries: readonly (PackEntrySketch | Uint8Array)[],
  {
    count = entries.length,
    version = 2,
    trailer,
  }: { count?: number; version?: number; trailer?: Buffer } = {},
): Buffer {
  const header = Buffer.from('PACK\0\0\0\0\0\0\0\0')
  header.writeUInt32BE(version, 4)
  header.writeUInt32BE(count, 8)
  return sealPack(
    Buffer.concat([
      header,
      ...entries.map((entry) => (entry instanceof Uint8Array ? entry : formatPackEntry(entry))),
    ]),
    trailer,
  )
}

/** `body` and its trailer. */
export function sealPack(body: Buffer, trailer?: Buffer): Buffer {
  return Buffer.concat([body, trailer ?? createHash('sha1').update(body).digest()])
}

/** One entry as it stands in a pack. */
export function formatPackEntry({ type, data, sizeBytes = data.length, ...entry }: PackEntrySketch): Buffer {
  const base =
    entry.distance === undefined ? Buffer.from(entry.base ?? '', 'hex') : formatDistance(entry.distance)
  // A small window: thousands of entries are made in a test.
  const compressed = entry.compressed ?? deflateSync(data, { windowBits: 9, memLevel: 1 })
  return Buffer.concat([formatTypeAndSize(typeNumbers[type], sizeBytes), base, compressed])
}

/** A delta that inserts `text` and nothing else; the sizes may lie. */
export function formatInsertion(baseBytes: number, text: string, resultBytes = text.length): Buffer {
  const sizes = [...formatSize(baseBytes), ...formatSize(resultBytes)]
  return Buffer.from([...sizes, text.length, ...Buffer.from(text)])
}

/** A zlib stream of `mebibytes` MiB of zeros, made from one compressed block so that the zeros are never held. */
export function deflateZeros(mebibytes: number): Buffer {
  const block = deflateRawSync(Buffer.alloc(1024 * 1024), { finishFlush: constants.Z_FULL_FLUSH })
  const lastBlock = Buffer.from([0x03, 0x00])
  // Adler-32 of zeros: the first sum stays 1, the second counts them.
  const checksum = Buffer.from([0, 0, 0, 1])
  checksum.writeUInt16BE((mebibytes * 1024 * 1024) % 65_521)
  return Buffer.concat([Buffer.from([0x78, 0x9c]), ...Array(mebibytes).fill(block), lastBlock, checksum])
}

function formatTypeAndSize(type: number, sizeBytes: number): Buffer {
  const rest = Math.floor(sizeBytes / 16)
  const first = (type << 4) | (sizeBytes % 16)
  return Buffer.from(rest === 0 ? [first] : [first | 0x80, ...formatSize(rest)])
}

function formatSize(value: number): number[] {
  return value < 0x80 ? [value] : [(value % 0x80) | 0x80, ...formatSize(Math.floor(value / 0x80))]
}

function formatDistance(distance: number): Buffer {
  const bytes = [distance % 0x80]
  for (let rest = Math.floor(distance / 0x80); rest > 0; rest = Math.floor(rest / 0x80)) {
    rest -= 1
    bytes.unshift((rest % 0x80) | 0x80)
  }
  return Buffer.from(bytes)
}
