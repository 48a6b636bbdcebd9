import { SyncError } from '../errors.ts'
import type { RefListing } from '../source/source.ts'

/** The refs that are followed; those of pull and merge requests, which strangers write, are not even asked for. */
export const followedPrefixes = ['HEAD', 'refs/heads/', 'refs/tags/'] as const

/**
 * Reads lines of a listing, of protocol 1 (`<oid> <name>`, the commit of an annotated tag on a line of its own as
 * `<name>^{}`) and of protocol 2 (`<oid> <name> symref-target:<name> peeled:<oid>`).
 * @throws {SyncError} GitDataInvalid
 */
export function parseRefLines(lines: readonly string[]): RefListing {
  const refs = new Map<string, string>()
  let head: string | null = null
  for (const line of lines) {
    const [, oid, name, attributes] = /^([0-9a-f]{40}) ([^ ]+?)(?:\^\{\})?((?: .*)?)$/.exec(line) ?? []
    if (oid === undefined || name === undefined)
      throw new SyncError('GitDataInvalid', { data: { part: 'refs' } })
    if (!isFollowed(name)) continue
    refs.set(name, readAttribute(attributes, 'peeled') ?? oid)
    if (name === 'HEAD') head = readAttribute(attributes, 'symref-target')
  }
  return { refs, head }
}

function isFollowed(name: string): boolean {
  return name === 'HEAD' || name.startsWith('refs/heads/') || name.startsWith('refs/tags/')
}

function readAttribute(attributes: string | undefined, key: string): string | null {
  const found = attributes?.split(' ').find((attribute) => attribute.startsWith(`${key}:`))
  return found === undefined ? null : found.slice(key.length + 1)
}
