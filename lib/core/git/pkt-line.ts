import { SyncError } from '../errors.ts'

/** One packet: the bytes of a line, or one of the special packets that part sections. */
export type PktLine = Uint8Array | 'flush' | 'delimiter' | 'response-end'

export const flushPkt = '0000'
export const delimiterPkt = '0001'

const special = ['flush', 'delimiter', 'response-end'] as const

/** One line of ASCII text as a packet. @see https://git-scm.com/docs/gitprotocol-common#_pkt_line_format */
export function formatPktLine(line: string): string {
  return `${(line.length + 5).toString(16).padStart(4, '0')}${line}\n`
}

/**
 * The packets in `bytes`, in order.
 * @throws {SyncError} GitDataInvalid where a length is not one, or the last packet is cut off
 */
export function* parsePktLines(bytes: Uint8Array): Generator<PktLine> {
  for (let offset = 0; offset < bytes.length; ) {
    const size = readSize(bytes, offset)
    const mark = special[size]
    if (mark === undefined && (size < 4 || offset + size > bytes.length)) throw damaged(offset)
    yield mark ?? bytes.subarray(offset + 4, offset + size)
    offset += mark === undefined ? size : 4
  }
}

/** A packet as text, without the line feed that may end it; `null` for a special packet. */
export function readPktText(line: PktLine): string | null {
  return typeof line === 'string' ? null : Buffer.from(line).toString('utf8').replace(/\n$/, '')
}

function readSize(bytes: Uint8Array, offset: number): number {
  const digits = Buffer.from(bytes.subarray(offset, offset + 4)).toString('latin1')
  if (!/^[0-9a-f]{4}$/i.test(digits)) throw damaged(offset)
  return Number.parseInt(digits, 16)
}

function damaged(offset: number): SyncError {
  return new SyncError('GitDataInvalid', { data: { part: 'pkt-line', offset } })
}
