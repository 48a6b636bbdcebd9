import { SyncError } from '../../../../errors.ts'
import { endCode, isBlank, isBreak, isBreakOrEnd } from './characters.ts'

/** A place in the text that moves forward. */
export interface Cursor {
  readonly text: string
  index: number
  /** From 0. */
  line: number
  lineStart: number
  /** Line breaks since the last character that is no blank. */
  breaks: number
}

/** A place that was passed; columns count from 0. */
export interface Mark {
  readonly index: number
  readonly line: number
  readonly column: number
}

export function createCursor(text: string): Cursor {
  return { text, index: 0, line: 0, lineStart: 0, breaks: 0 }
}

export function columnOf(cursor: Cursor): number {
  return cursor.index - cursor.lineStart
}

export function markOf(cursor: Cursor): Mark {
  return { index: cursor.index, line: cursor.line, column: columnOf(cursor) }
}

/** The character code `offset` ahead; `endCode` from the end on. */
export function codeAt(cursor: Cursor, offset = 0): number {
  return cursor.text.charCodeAt(cursor.index + offset) || endCode
}

/** Takes `length` characters of this line that are not all blanks. */
export function take(cursor: Cursor, length: number): string {
  const start = cursor.index
  cursor.index += length
  cursor.breaks = 0
  return cursor.text.slice(start, cursor.index)
}

export function skipBlanks(cursor: Cursor): void {
  while (isBlank(codeAt(cursor))) cursor.index += 1
}

export function skipSpaces(cursor: Cursor): void {
  while (codeAt(cursor) === 0x20) cursor.index += 1
}

/** Takes the rest of the line. */
export function takeLine(cursor: Cursor): string {
  let length = 0
  while (!isBreakOrEnd(codeAt(cursor, length))) length += 1
  return length === 0 ? '' : take(cursor, length)
}

/** Takes a line break: LF for CR, CR LF and NEL, LS and PS as they are, nothing where there is none. */
export function takeBreak(cursor: Cursor): string {
  const code = codeAt(cursor)
  if (!isBreak(code)) return ''
  cursor.index += code === 0x0d && codeAt(cursor, 1) === 0x0a ? 2 : 1
  cursor.line += 1
  cursor.lineStart = cursor.index
  cursor.breaks += 1
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
}

/** The error for text that is not YAML; it names the line, from 1. */
export function failAtLine(line: number): SyncError {
  return new SyncError('SopsFileUnreadable', { data: { line: line + 1 } })
}
