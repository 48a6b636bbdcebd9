import { isBlank, isBreak } from './characters.ts'
import { type Cursor, codeAt, columnOf, failAtLine, take, takeBreak } from './cursor.ts'
import { foldBreaks, isDocumentIndicator } from './line-folding.ts'

export interface PlainScalarContext {
  readonly isFlow: boolean
  /** Column that further lines must reach. */
  readonly indent: number
}

export interface PlainScalar {
  readonly value: string
  /** Whether the cursor has left the line on which the scalar ends. */
  readonly endsAbove: boolean
}

/**
 * Scans a plain scalar, over several lines where those that follow are indented.
 * @throws {SyncError} SopsFileUnreadable
 */
export function scanPlainScalar(cursor: Cursor, { isFlow, indent }: PlainScalarContext): PlainScalar {
  let value = ''
  let blanks = ''
  let breaks = ''
  while (!isDocumentIndicator(cursor) && codeAt(cursor) !== 0x23) {
    const length = countContent(cursor, isFlow)
    if (length > 0) {
      const joint = breaks === '' ? blanks : foldBreaks(breaks)
      value += joint + take(cursor, length)
      breaks = ''
    }
    blanks = takeBlanks(cursor)
    if (!isBreak(codeAt(cursor))) {
      if (blanks === '') break
      continue
    }
    breaks += takeBreaks(cursor, indent)
    if (!isFlow && columnOf(cursor) < indent) break
  }
  return { value, endsAbove: breaks !== '' }
}

/** Up to a blank, a break, or a colon before one. */
const blockContent =
  /[^ \t\n\r\u0085\u2028\u2029:]*(?::(?![ \t\n\r\u0085\u2028\u2029]|$)[^ \t\n\r\u0085\u2028\u2029:]*)*/y
/** In a flow collection also up to `,` `?` `[` `]` `{` `}`. */
const flowContent =
  /[^ \t\n\r\u0085\u2028\u2029:,?[\]{}]*(?::(?![ \t\n\r\u0085\u2028\u2029]|$)[^ \t\n\r\u0085\u2028\u2029:,?[\]{}]*)*/y

function countContent(cursor: Cursor, isFlow: boolean): number {
  const content = isFlow ? flowContent : blockContent
  content.lastIndex = cursor.index
  content.test(cursor.text)
  return content.lastIndex - cursor.index
}

function takeBlanks(cursor: Cursor): string {
  const start = cursor.index
  while (isBlank(codeAt(cursor))) cursor.index += 1
  return cursor.text.slice(start, cursor.index)
}

function takeBreaks(cursor: Cursor, indent: number): string {
  let breaks = ''
  for (;;) {
    const code = codeAt(cursor)
    if (isBreak(code)) {
      breaks += takeBreak(cursor)
    } else if (isBlank(code)) {
      if (code === 0x09 && columnOf(cursor) < indent) throw failAtLine(cursor.line)
      cursor.index += 1
    } else {
      return breaks
    }
  }
}
