import { isBreak, isBreakOrEnd, isDigit } from './characters.ts'
import {
  type Cursor,
  codeAt,
  columnOf,
  failAtLine,
  skipBlanks,
  skipSpaces,
  take,
  takeBreak,
  takeLine,
} from './cursor.ts'

interface Header {
  readonly isLiteral: boolean
  /** What becomes of the breaks at the end: all kept, one, or none. */
  readonly chomping: 'keep' | 'clip' | 'strip'
  /** Columns beyond the parent's; 0 where the first line says. */
  readonly depth: number
}

/**
 * Scans a literal or folded block scalar.
 * @param parentIndent column of the block that holds it, -1 for a document
 * @param takeComment takes the comment behind the header
 * @throws {SyncError} SopsFileUnreadable
 */
export function scanBlockScalar(cursor: Cursor, parentIndent: number, takeComment: () => void): string {
  const header = takeHeader(cursor)
  skipBlanks(cursor)
  if (codeAt(cursor) === 0x23) {
    takeComment()
    takeLine(cursor)
  }
  if (!isBreakOrEnd(codeAt(cursor))) throw failAtLine(cursor.line)
  takeBreak(cursor)
  return takeContent(cursor, header, parentIndent)
}

function takeHeader(cursor: Cursor): Header {
  const isLiteral = take(cursor, 1) === '|'
  let chomping: Header['chomping'] = 'clip'
  let depth = 0
  const takeChomping = () => {
    if (codeAt(cursor) !== 0x2b && codeAt(cursor) !== 0x2d) return false
    chomping = take(cursor, 1) === '+' ? 'keep' : 'strip'
    return true
  }
  const takeDepth = () => {
    if (!isDigit(codeAt(cursor))) return
    depth = Number(take(cursor, 1))
    if (depth === 0) throw failAtLine(cursor.line)
  }
  if (takeChomping()) {
    takeDepth()
  } else {
    takeDepth()
    takeChomping()
  }
  return { isLiteral, chomping, depth }
}

function takeContent(cursor: Cursor, header: Header, parentIndent: number): string {
  const given = header.depth === 0 ? 0 : Math.max(parentIndent, 0) + header.depth
  const leading = takeEmptyLines(cursor, given)
  const indent = given || Math.max(leading.widest, parentIndent + 1, 1)
  let value = ''
  let lineBreak = ''
  let emptyLines = leading.breaks
  let afterBlank = false
  while (columnOf(cursor) === indent && cursor.index < cursor.text.length) {
    const startsBlank = codeAt(cursor) === 0x20 || codeAt(cursor) === 0x09
    const isFolded = !header.isLiteral && !afterBlank && !startsBlank && lineBreak === '\n'
    if (isFolded) value += emptyLines === '' ? ' ' : emptyLines
    else value += lineBreak + emptyLines
    value += takeLine(cursor)
    lineBreak = takeBreak(cursor)
    emptyLines = takeEmptyLines(cursor, indent).breaks
    afterBlank = startsBlank
  }
  if (header.chomping === 'strip') return value
  return header.chomping === 'keep' ? value + lineBreak + emptyLines : value + lineBreak
}

/** Takes indentation and empty lines, up to column `indent` or, where that is 0, as far as the spaces go. */
function takeEmptyLines(cursor: Cursor, indent: number): { breaks: string; widest: number } {
  let breaks = ''
  let widest = 0
  for (;;) {
    if (indent === 0) skipSpaces(cursor)
    else while (columnOf(cursor) < indent && codeAt(cursor) === 0x20) cursor.index += 1
    widest = Math.max(widest, columnOf(cursor))
    const isIndenting = indent === 0 || columnOf(cursor) < indent
    if (isIndenting && codeAt(cursor) === 0x09) throw failAtLine(cursor.line)
    if (!isBreak(codeAt(cursor))) return { breaks, widest }
    breaks += takeBreak(cursor)
  }
}
