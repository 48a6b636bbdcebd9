import { isBlankOrEnd } from './characters.ts'
import { type Cursor, codeAt, columnOf } from './cursor.ts'

/** What the line breaks between two lines of a flow scalar come to: one LF is a space, more lose the first. */
export function foldBreaks(breaks: string): string {
  if (!breaks.startsWith('\n')) return breaks
  return breaks === '\n' ? ' ' : breaks.slice(1)
}

/** Whether the line starts with `---` or `...` as a token of its own, which ends every scalar but a block. */
export function isDocumentIndicator(cursor: Cursor): boolean {
  if (columnOf(cursor) !== 0) return false
  const code = codeAt(cursor)
  if (code !== 0x2d && code !== 0x2e) return false
  return codeAt(cursor, 1) === code && codeAt(cursor, 2) === code && isBlankOrEnd(codeAt(cursor, 3))
}
