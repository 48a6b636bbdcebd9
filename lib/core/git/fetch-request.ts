import type { UploadPackFeatures } from './advertisement.ts'
import { delimiterPkt, flushPkt, formatPktLine } from './pkt-line.ts'

/** What to fetch. */
export interface FetchRequest {
  /** Ids of the objects to send, with what they lead to. At least one. */
  readonly wants: readonly string[]
  /** Commits that are here without their parents: what they lead to is not sent again, and may be built upon. */
  readonly haves?: readonly string[]
  /** Without the commits before those wanted. */
  readonly shallow?: boolean
  /** Without contents of files, but for those wanted by id. */
  readonly withoutBlobs?: boolean
}

/**
 * The body of a request for a pack, in the protocol that the server speaks. With `haves` the pack is thin: it holds
 * deltas against objects that those commits lead to. Without `thin-pack` Git would send all of a shallow commit anew.
 * @see https://git-scm.com/docs/gitprotocol-v2#_fetch, https://git-scm.com/docs/gitprotocol-pack
 */
export function formatFetchRequest(request: FetchRequest, { version }: UploadPackFeatures): string {
  return version === 2 ? formatVersion2(request) : formatVersion1(request)
}

function formatVersion2(request: FetchRequest): string {
  const lines = [
    'ofs-delta',
    'no-progress',
    ...(request.haves?.length ? ['thin-pack'] : []),
    ...request.wants.map((oid) => `want ${oid}`),
    ...formatLimits(request),
    ...(request.haves ?? []).map((oid) => `have ${oid}`),
    'done',
  ]
  return [formatPktLine('command=fetch'), delimiterPkt, ...lines.map(formatPktLine), flushPkt].join('')
}

/** Capabilities stand behind the first want. */
function formatVersion1(request: FetchRequest): string {
  const thin = request.haves?.length ? ' thin-pack' : ''
  const filter = request.withoutBlobs ? ' filter' : ''
  const [first, ...rest] = request.wants
  return [
    formatPktLine(`want ${first} ofs-delta side-band-64k no-progress${thin}${filter}`),
    ...rest.map((oid) => formatPktLine(`want ${oid}`)),
    ...formatLimits(request).map(formatPktLine),
    flushPkt,
    ...(request.haves ?? []).map((oid) => formatPktLine(`have ${oid}`)),
    formatPktLine('done'),
  ].join('')
}

function formatLimits({ haves = [], shallow, withoutBlobs }: FetchRequest): string[] {
  return [
    ...haves.map((oid) => `shallow ${oid}`),
    ...(shallow ? ['deepen 1'] : []),
    ...(withoutBlobs ? ['filter blob:none'] : []),
  ]
}
