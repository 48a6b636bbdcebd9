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
  /** Commits alone, where the server can leave trees out. Of `haves` the history counts as being here. */
  readonly commitsOnly?: boolean
}

/**
 * The body of a request for a pack, in the protocol that the server speaks. With `haves` the pack is thin: it holds
 * deltas against objects that those commits lead to. Without `thin-pack` Git would send all of a shallow commit anew.
 * @see https://git-scm.com/docs/gitprotocol-v2#_fetch, https://git-scm.com/docs/gitprotocol-pack
 */
export function formatFetchRequest(request: FetchRequest, features: UploadPackFeatures): string {
  return features.version === 2 ? formatVersion2(request, features) : formatVersion1(request, features)
}

function formatVersion2(request: FetchRequest, features: UploadPackFeatures): string {
  const lines = [
    'ofs-delta',
    'no-progress',
    ...(isThin(request) ? ['thin-pack'] : []),
    ...request.wants.map((oid) => `want ${oid}`),
    ...formatLimits(request, features),
    ...(request.haves ?? []).map((oid) => `have ${oid}`),
    'done',
  ]
  return [formatPktLine('command=fetch'), delimiterPkt, ...lines.map(formatPktLine), flushPkt].join('')
}

/** Capabilities stand behind the first want. */
function formatVersion1(request: FetchRequest, features: UploadPackFeatures): string {
  const thin = isThin(request) ? ' thin-pack' : ''
  const filter = request.withoutBlobs || (request.commitsOnly && features.filter) ? ' filter' : ''
  const [first, ...rest] = request.wants
  return [
    formatPktLine(`want ${first} ofs-delta side-band-64k no-progress${thin}${filter}`),
    ...rest.map((oid) => formatPktLine(`want ${oid}`)),
    ...formatLimits(request, features).map(formatPktLine),
    flushPkt,
    ...(request.haves ?? []).map((oid) => formatPktLine(`have ${oid}`)),
    formatPktLine('done'),
  ].join('')
}

function isThin({ haves = [], commitsOnly = false }: FetchRequest): boolean {
  return haves.length > 0 && !commitsOnly
}

function formatLimits(
  { haves = [], shallow, withoutBlobs, commitsOnly }: FetchRequest,
  { filter }: UploadPackFeatures,
): string[] {
  return [
    ...(commitsOnly ? [] : haves.map((oid) => `shallow ${oid}`)),
    ...(shallow ? ['deepen 1'] : []),
    ...(withoutBlobs ? ['filter blob:none'] : []),
    ...(commitsOnly && filter ? ['filter tree:0'] : []),
  ]
}
