import { endCode, isBlank, isBreak, isBreakOrEnd } from './characters.ts'
import { type Cursor, codeAt, columnOf, type Mark, markOf, takeBreak, takeLine } from './cursor.ts'
import type { Token } from './token.ts'

/**
 * A comment of one line or more. It goes to the first token that starts at `tokenIndex` or after: above it (`head`),
 * behind what precedes it (`line`), or below that (`foot`).
 */
export interface ScannedComment {
  kind: 'head' | 'line' | 'foot'
  readonly text: string
  tokenIndex: number
  /** Where it starts; the column counts from 1, but for line comments. */
  readonly start: Mark
  /** Where the stretch of blanks and comments starts and ends that it was found in; 0 for line comments. */
  readonly scanIndex: number
  readonly endIndex: number
}

/** What comments are attributed by. */
export interface CommentContext {
  /** The tokens so far. */
  readonly tokens: readonly Token[]
  /** Column of the open block, -1 for a document. */
  readonly indent: number
  readonly isFlow: boolean
}

/** go-yaml looks no further than this for a comment. */
const lookahead = 512
const sharp = 0x23
/** Any character that is neither blank, break nor indicator. */
const contentCode = 0x61

/** Takes the comment behind what was scanned last, if there is one on its line. */
export function scanLineComment(cursor: Cursor, tokenIndex: number): ScannedComment | null {
  if (cursor.breaks > 0) return null
  let offset = 0
  while (offset < lookahead && isBlank(codeAt(cursor, offset))) offset += 1
  if (offset === lookahead || codeAt(cursor, offset) !== sharp) return null
  cursor.index += offset
  const start = markOf(cursor)
  return { kind: 'line', text: takeLine(cursor), tokenIndex, start, scanIndex: 0, endIndex: 0 }
}

/**
 * Takes comment lines and the empty lines among them, up to what is neither. What an empty line parts from the next
 * token, or what stands further left than its block, is the foot of the previous one; the rest is the head of the
 * next.
 * @param scanStart where the blanks before them start
 * @see https://github.com/yaml/go-yaml/blob/v3/scannerc.go (yaml_parser_scan_comments)
 */
export function scanComments(cursor: Cursor, context: CommentContext, scanStart: Mark): ScannedComment[] {
  const scan = createScan(cursor, context, scanStart)
  while (scan.offset < lookahead && passCharacter(scan)) scan.column += 1
  giveOut(scan, 'head', { tokenIndex: scan.start.index, endIndex: cursor.index + scan.offset - 1 })
  return scan.comments
}

interface CommentScan {
  readonly cursor: Cursor
  readonly comments: ScannedComment[]
  readonly isFlow: boolean
  readonly indent: number
  /** Whether a comment can be the foot of the previous token, and the line that it must then start on. */
  readonly mayBeFoot: boolean
  readonly footLine: number
  /** The lines that will be given out together. */
  text: string
  start: Mark
  tokenIndex: number
  scanIndex: number
  /** The character looked at: characters beyond the cursor, its line, and its column from 1. */
  offset: number
  line: number
  column: number
  afterEmptyLine: boolean
  hadEmptyLine: boolean
}

function createScan(
  cursor: Cursor,
  { tokens, indent, isFlow }: CommentContext,
  scanStart: Mark,
): CommentScan {
  const last = tokens.at(-1)
  const previous = last?.type === 'flow-entry' ? (tokens.at(-2) ?? last) : last
  const onContent = cursor.breaks === 0 && columnOf(cursor) > 1
  return {
    cursor,
    comments: [],
    isFlow,
    indent: Math.max(indent, 0),
    mayBeFoot: previous?.type !== 'value',
    footLine: scanStart.line > 0 ? cursor.line - cursor.breaks + (onContent ? 2 : 1) : -1,
    text: '',
    start: { index: 0, line: 0, column: 0 },
    tokenIndex: previous?.start.index ?? 0,
    scanIndex: scanStart.index,
    offset: 0,
    line: cursor.line,
    column: columnOf(cursor) + 1,
    afterEmptyLine: false,
    hadEmptyLine: cursor.breaks > 1,
  }
}

/** Looks at one character, or takes a comment line; false at what ends the comments. */
function passCharacter(scan: CommentScan): boolean {
  const code = isWithinBreak(scan) ? contentCode : codeAt(scan.cursor, scan.offset)
  if (isBlank(code)) {
    scan.offset += 1
    return true
  }
  const closesFlow = scan.isFlow && (code === 0x5d || code === 0x7d)
  if (closesFlow || isBreakOrEnd(code)) return passLineEnd(scan, code, closesFlow)
  if (scan.column - 1 < scan.indent && scan.column !== scan.start.column) giveFoot(scan, scan.tokenIndex)
  if (code !== sharp) return false
  takeCommentLine(scan)
  return true
}

/** go-yaml counts bytes here, and takes the rest of a break that has several (NEL, LS, PS) for content. */
function isWithinBreak({ cursor, offset }: CommentScan): boolean {
  const previous = offset === 0 ? 0 : codeAt(cursor, offset - 1)
  return previous > 0x7f && isBreak(previous)
}

function passLineEnd(scan: CommentScan, code: number, closesFlow: boolean): boolean {
  const isDedented = scan.start.column - 1 < scan.indent
  if (closesFlow || !scan.afterEmptyLine) {
    const isFoot = !scan.hadEmptyLine && ((scan.mayBeFoot && scan.start.line === scan.footLine) || isDedented)
    if (closesFlow || isFoot) giveFoot(scan, isDedented ? scan.start.index : scan.tokenIndex)
    else if (scan.text !== '' && code !== endCode) scan.text += '\n'
  }
  if (!isBreak(code)) return false
  scan.hadEmptyLine = true
  scan.afterEmptyLine = true
  scan.offset += 1
  scan.line += 1
  scan.column = 0
  return true
}

function takeCommentLine(scan: CommentScan): void {
  const { cursor, line, column } = scan
  const index = cursor.index + scan.offset
  if (scan.text === '') scan.start = { index, line, column }
  while (cursor.index < index) if (takeBreak(cursor) === '') cursor.index += 1
  scan.text += (scan.text === '' ? '' : '\n') + takeLine(cursor)
  // The break behind the comment is stepped over uncounted, so `line` lags behind; marks are compared with that in mind.
  scan.offset = 1
  scan.line = cursor.line
  scan.column = 0
  scan.afterEmptyLine = false
}

function giveFoot(scan: CommentScan, tokenIndex: number): void {
  if (scan.text === '') return
  const here = scan.cursor.index + scan.offset
  giveOut(scan, 'foot', { tokenIndex, endIndex: here })
  scan.text = ''
  scan.scanIndex = here
  scan.tokenIndex = here
}

function giveOut(
  { comments, text, start, scanIndex }: CommentScan,
  kind: 'head' | 'foot',
  range: { readonly tokenIndex: number; readonly endIndex: number },
): void {
  if (text !== '') comments.push({ kind, text, start, scanIndex, ...range })
}
