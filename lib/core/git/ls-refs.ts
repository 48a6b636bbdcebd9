import type { RefListing } from '../source/source.ts'
import { delimiterPkt, flushPkt, formatPktLine, parsePktLines, readPktText } from './pkt-line.ts'
import { followedPrefixes, parseRefLines } from './ref-lines.ts'

/** The `ls-refs` command of protocol 2. @see https://git-scm.com/docs/gitprotocol-v2#_ls_refs */
export function formatLsRefsRequest(): string {
  const lines = ['peel', 'symrefs', ...followedPrefixes.map((prefix) => `ref-prefix ${prefix}`)]
  return [formatPktLine('command=ls-refs'), delimiterPkt, ...lines.map(formatPktLine), flushPkt].join('')
}

/** The answer to `ls-refs`. @throws {SyncError} GitDataInvalid */
export function parseLsRefsResponse(bytes: Uint8Array): RefListing {
  return parseRefLines([...parsePktLines(bytes)].flatMap((line) => readPktText(line) ?? []))
}
