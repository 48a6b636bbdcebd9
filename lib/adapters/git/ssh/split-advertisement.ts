import { flushPkt, parsePktLines } from '../../../core/git/pkt-line.ts'

/**
 * Parts what a server says of itself (up to the first flush) from its answer to the request that followed.
 * @throws {SyncError} GitDataInvalid where the output ends before the flush
 */
export function splitAdvertisement(output: Uint8Array): { advertisement: Uint8Array; answer: Uint8Array } {
  let end = 0
  for (const line of parsePktLines(output)) {
    if (line === 'flush') break
    end += typeof line === 'string' ? flushPkt.length : flushPkt.length + line.length
  }
  end += flushPkt.length
  return { advertisement: output.subarray(0, end), answer: output.subarray(end) }
}
