import { SyncError } from '../errors.ts'
import { type PktLine, parsePktLines, readPktText } from './pkt-line.ts'

const packBand = 1
const errorBand = 3

/**
 * The pack in the answer to a fetch, of protocol 1 or 2; `null` where the server refuses what was wanted.
 * @throws {SyncError} GitDataInvalid where the answer is damaged, or ends in an error
 */
export function parseFetchResponse(bytes: Uint8Array, version: 1 | 2): Uint8Array | null {
  const chunks: Uint8Array[] = []
  let inPack = false
  for (const line of parsePktLines(bytes)) {
    if (inPack) {
      if (line === 'flush') return Buffer.concat(chunks)
      chunks.push(...readSideBand(line))
      continue
    }
    const text = readPktText(line)
    if (text?.startsWith('ERR ')) return null
    inPack = version === 2 ? text === 'packfile' : isAcknowledgement(text)
  }
  throw new SyncError('GitDataInvalid', { data: { part: 'fetch response' } })
}

/** Protocol 1 sends the pack after `NAK`, or after `ACK <oid>` where one of our commits is known to the server. */
function isAcknowledgement(text: string | null): boolean {
  return text !== null && /^(NAK$|ACK )/.test(text)
}

function readSideBand(line: PktLine): Uint8Array[] {
  if (typeof line === 'string' || line[0] === errorBand) {
    throw new SyncError('GitDataInvalid', { data: { part: 'side band' } })
  }
  return line[0] === packBand ? [line.subarray(1)] : []
}
