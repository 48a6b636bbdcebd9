import { SyncError } from '../errors.ts'
import type { RefListing } from '../source/source.ts'
import { parsePktLines, readPktText } from './pkt-line.ts'
import { parseRefLines } from './ref-lines.ts'

/** What a server offers to readers. */
export interface UploadPackFeatures {
  readonly version: 1 | 2
  /** Partial clone: objects can be left out of a pack. */
  readonly filter: boolean
  /** Any object that a ref leads to can be asked for by its id, not only what refs point at. */
  readonly anyObject: boolean
}

/** The first answer of a server. Protocol 1 lists the refs in it, protocol 2 on demand (`null`). */
export interface Advertisement {
  readonly features: UploadPackFeatures
  readonly listing: RefListing | null
}

/**
 * Reads the answer to `info/refs?service=git-upload-pack`.
 * @throws {SyncError} GitDataInvalid; GitProtocolUnsupported for SHA-256, or without shallow fetches and side bands
 * @see https://git-scm.com/docs/gitprotocol-v2, https://git-scm.com/docs/gitprotocol-pack
 */
export function parseAdvertisement(bytes: Uint8Array): Advertisement {
  const lines = [...parsePktLines(bytes)]
    .flatMap((line) => readPktText(line) ?? [])
    .filter((line) => line !== '# service=git-upload-pack' && line !== 'version 1')
  return lines[0] === 'version 2' ? parseVersion2(lines) : parseVersion1(lines)
}

function parseVersion2(capabilities: readonly string[]): Advertisement {
  const fetch = findValue(capabilities, 'fetch=')?.split(' ') ?? []
  assertSupported(capabilities, fetch.includes('shallow'))
  return { features: { version: 2, filter: fetch.includes('filter'), anyObject: true }, listing: null }
}

/** Capabilities follow a NUL in the first line; a repository without refs has a line for them alone, or none. */
function parseVersion1(lines: readonly string[]): Advertisement {
  const capabilities = lines[0]?.split('\0')[1]?.split(' ') ?? []
  if (lines.length > 0) {
    assertSupported(capabilities, capabilities.includes('shallow') && capabilities.includes('side-band-64k'))
  }
  const refLines = lines
    .map((line) => line.split('\0', 1).join())
    .filter((line) => !line.startsWith('shallow ') && !line.endsWith(' capabilities^{}'))
  return {
    features: {
      version: 1,
      filter: capabilities.includes('filter'),
      anyObject: capabilities.includes('allow-reachable-sha1-in-want'),
    },
    listing: { ...parseRefLines(refLines), head: findValue(capabilities, 'symref=HEAD:') ?? null },
  }
}

function assertSupported(capabilities: readonly string[], canTransfer: boolean): void {
  const objectFormat = findValue(capabilities, 'object-format=') ?? 'sha1'
  if (canTransfer && objectFormat === 'sha1') return
  throw new SyncError('GitProtocolUnsupported', { data: { objectFormat } })
}

function findValue(capabilities: readonly string[], prefix: string): string | undefined {
  return capabilities.find((capability) => capability.startsWith(prefix))?.slice(prefix.length)
}
