import { isBlankOrEnd } from './characters.ts'
import { codeAt, failHere, type Scanner, takeMatch } from './scanner.ts'
import type { Tag } from './token.ts'

/** What anchors and handles are made of. */
const word = /[\w-]*/y

/**
 * Scans the name after `&` or `*`.
 * @throws {SyncError} where there is none
 */
export function scanAnchorName(scanner: Scanner): string {
  scanner.index += 1
  const name = takeMatch(scanner, word)
  const after = codeAt(scanner)
  if (name === '' || !(isBlankOrEnd(after) || '?:,]}%@`'.includes(String.fromCharCode(after)))) {
    throw failHere(scanner, 'anchor or alias without a legal name')
  }
  return name
}

/**
 * Scans a tag: `!<whole>`, `!suffix`, `!!suffix` or `!handle!suffix`, or `!` alone. The handle of a whole one is empty.
 * @throws {SyncError} where it is none
 */
export function scanTag(scanner: Scanner): Tag {
  const tag = codeAt(scanner, 1) === 0x3c ? takeVerbatimTag(scanner) : takeShorthandTag(scanner)
  if (!isBlankOrEnd(codeAt(scanner))) throw failHere(scanner, 'text right after a tag')
  return tag
}

function takeVerbatimTag(scanner: Scanner): Tag {
  scanner.index += 2
  const suffix = takeUri(scanner)
  if (suffix === '' || codeAt(scanner) !== 0x3e) throw failHere(scanner, 'tag without an end')
  scanner.index += 1
  return { handle: '', suffix }
}

function takeShorthandTag(scanner: Scanner): Tag {
  const handle = takeHandle(scanner)
  const rest = takeUri(scanner)
  if (handle.length > 1 && handle.endsWith('!')) {
    if (rest === '') throw failHere(scanner, 'tag without a name')
    return { handle, suffix: rest }
  }
  const suffix = handle.slice(1) + rest
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix }
}

const handlePattern = /![\w-]*!?/y

/** `!`, what a handle may hold, and the closing `!` where there is one; empty where there is none. */
export function takeHandle(scanner: Scanner): string {
  return takeMatch(scanner, handlePattern)
}

const uri = /(?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[\da-fA-F]{2})*/y

/** @throws {SyncError} where an escape in it is none */
export function takeUri(scanner: Scanner): string {
  const text = takeMatch(scanner, uri)
  if (!text.includes('%')) return text
  try {
    return decodeURIComponent(text)
  } catch {
    throw failHere(scanner, 'escape in a tag that is no character')
  }
}
