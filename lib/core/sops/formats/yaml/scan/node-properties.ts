import { isBlank, isBlankOrEnd, isWord } from './characters.ts'
import { type Cursor, codeAt, failAtLine, skipBlanks, take } from './cursor.ts'

export interface ScannedTag {
  /** `!`, `!!` or `!name!`; empty where the suffix is the whole tag. */
  readonly handle: string
  readonly suffix: string
}

/**
 * Scans the name after `&` or `*`.
 * @throws {SyncError} SopsFileUnreadable
 */
export function scanAnchorName(cursor: Cursor): string {
  take(cursor, 1)
  const name = takeWord(cursor)
  const code = codeAt(cursor)
  if (name === '' || !(isBlankOrEnd(code) || '?:,]}%@`'.includes(String.fromCharCode(code)))) {
    throw failAtLine(cursor.line)
  }
  return name
}

/**
 * Scans a tag: `!<whole>`, `!suffix`, `!!suffix` or `!handle!suffix`, or `!` alone.
 * @throws {SyncError} SopsFileUnreadable
 */
export function scanTag(cursor: Cursor): ScannedTag {
  const tag = codeAt(cursor, 1) === 0x3c ? takeVerbatimTag(cursor) : takeShorthandTag(cursor)
  if (!isBlankOrEnd(codeAt(cursor))) throw failAtLine(cursor.line)
  return tag
}

function takeVerbatimTag(cursor: Cursor): ScannedTag {
  take(cursor, 2)
  const suffix = takeUri(cursor)
  if (suffix === '' || codeAt(cursor) !== 0x3e) throw failAtLine(cursor.line)
  take(cursor, 1)
  return { handle: '', suffix }
}

function takeShorthandTag(cursor: Cursor): ScannedTag {
  const handle = takeHandle(cursor)
  const rest = takeUri(cursor)
  if (handle.length > 1 && handle.endsWith('!')) {
    if (rest === '') throw failAtLine(cursor.line)
    return { handle, suffix: rest }
  }
  const suffix = handle.slice(1) + rest
  return suffix === '' ? { handle: '', suffix: '!' } : { handle: '!', suffix }
}

export type ScannedDirective =
  | { readonly name: 'YAML'; readonly version: string }
  | { readonly name: 'TAG'; readonly handle: string; readonly prefix: string }

/**
 * Scans a directive without the end of its line.
 * @throws {SyncError} SopsFileUnreadable
 */
export function scanDirective(cursor: Cursor): ScannedDirective {
  take(cursor, 1)
  const name = takeWord(cursor)
  if (!isBlankOrEnd(codeAt(cursor))) throw failAtLine(cursor.line)
  skipBlanks(cursor)
  if (name === 'YAML') return { name, version: takeVersion(cursor) }
  if (name !== 'TAG') throw failAtLine(cursor.line)
  const handle = takeHandle(cursor)
  if ((handle !== '!' && !handle.endsWith('!')) || !isBlank(codeAt(cursor))) throw failAtLine(cursor.line)
  skipBlanks(cursor)
  const prefix = takeUri(cursor)
  if (prefix === '' || !isBlankOrEnd(codeAt(cursor))) throw failAtLine(cursor.line)
  return { name, handle, prefix }
}

const version = /\d{1,2}\.\d{1,2}(?!\d)/y

function takeVersion(cursor: Cursor): string {
  version.lastIndex = cursor.index
  const match = version.exec(cursor.text)
  if (!match) throw failAtLine(cursor.line)
  return take(cursor, match[0].length)
}

function takeWord(cursor: Cursor): string {
  let length = 0
  while (isWord(codeAt(cursor, length))) length += 1
  return length === 0 ? '' : take(cursor, length)
}

/** `!`, what a handle may hold, and the closing `!` where there is one. */
function takeHandle(cursor: Cursor): string {
  if (codeAt(cursor) !== 0x21) throw failAtLine(cursor.line)
  const handle = take(cursor, 1) + takeWord(cursor)
  return codeAt(cursor) === 0x21 ? handle + take(cursor, 1) : handle
}

const uri = /(?:[\w\-;/?:@&=+$,.!~*'()[\]]|%[\da-fA-F]{2})*/y

function takeUri(cursor: Cursor): string {
  uri.lastIndex = cursor.index
  const length = uri.exec(cursor.text)?.[0].length ?? 0
  const text = length === 0 ? '' : take(cursor, length)
  return text.includes('%') ? decodeUri(text, cursor) : text
}

function decodeUri(text: string, cursor: Cursor): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw failAtLine(cursor.line)
  }
}
