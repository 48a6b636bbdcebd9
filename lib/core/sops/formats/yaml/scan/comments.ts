import { endCode, isBlank, isBreak, isBreakOrEnd } from '../../../../yaml/scan/characters.ts'
import {
  codeAt,
  columnOf,
  placeOf,
  type Scanner,
  takeBreak,
  takeLine,
} from '../../../../yaml/scan/scanner.ts'
import type { Place } from '../../../../yaml/scan/token.ts'

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

interface Mark extends Place {
  readonly column: number
}

/** go-yaml looks no further than this for a comment. */
const lookahead = 512
const sharp = 0x23
/** Any character that is neither blank, break nor indicator. */
const contentCode = 0x61

/** Takes the comment behind what was scanned last, if there is one on its line. */
export function scanLineComment(scanner: Scanner, tokenIndex: number): ScannedComment | null {
  let offset = 0
  while (offset < lookahead && isBlank(codeAt(scanner, offset))) offset += 1
  if (offset === lookahead || codeAt(scanner, offset) !== sharp || countBreaks(scanner) > 0) return null
  scanner.index += offset
  const start = { ...placeOf(scanner), column: columnOf(scanner) }
  return { kind: 'line', text: takeLine(scanner), tokenIndex, start, scanIndex: 0, endIndex: 0 }
}

/** Line breaks since the last character that is no blank. */
function countBreaks({ text, index }: Scanner): number {
  let breaks = 0
  for (let at = index - 1; at >= 0; at -= 1) {
    const code = text.charCodeAt(at)
    const isSecondHalf = code === 0x0a && text.charCodeAt(at - 1) === 0x0d
    if (isBreak(code)) breaks += isSecondHalf ? 0 : 1
    else if (!isBlank(code)) break
  }
  return breaks
}

/**
 * Takes comment lines and the empty lines among them, up to what is neither. What an empty line parts from the next
 * token, or what stands further left than its block, is the foot of the previous one; the rest is the head of the
 * next.
 * @param scanStart where the blanks before them start
 * @see https://github.com/yaml/go-yaml/blob/v3/scannerc.go (yaml_parser_scan_comments)
 */
export function scanComments(scanner: Scanner, scanStart: Place): ScannedComment[] {
  const scan = createScan(scanner, scanStart)
  while (scan.offset < lookahead && passCharacter(scan)) scan.column += 1
  giveOut(scan, 'head', { tokenIndex: scan.start.index, endIndex: scanner.index + scan.offset - 1 })
  return scan.comments
}

interface CommentScan {
  readonly scanner: Scanner
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

function createScan(scanner: Scanner, scanStart: Place): CommentScan {
  const { tokens, indent, flowLevel, line } = scanner
  const breaks = countBreaks(scanner)
  const last = tokens.at(-1)
  const previous = last?.type === 'flow-entry' ? (tokens.at(-2) ?? last) : last
  const onContent = breaks === 0 && columnOf(scanner) > 1
  return {
    scanner,
    comments: [],
    isFlow: flowLevel > 0,
    indent: Math.max(indent, 0),
    mayBeFoot: previous?.type !== 'value',
    footLine: scanStart.line > 0 ? line - breaks + (onContent ? 2 : 1) : -1,
    text: '',
    start: { index: 0, line: 0, column: 0 },
    tokenIndex: previous?.index ?? 0,
    scanIndex: scanStart.index,
    offset: 0,
    line,
    column: columnOf(scanner) + 1,
    afterEmptyLine: false,
    hadEmptyLine: breaks > 1,
  }
}

/** Looks at one character, or takes a comment line; false at what ends the comments. */
function passCharacter(scan: CommentScan): boolean {
  const code = isWithinBreak(scan) ? contentCode : codeAt(scan.scanner, scan.offset) || endCode
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
function isWithinBreak({ scanner, offset }: CommentScan): boolean {
  const previous = offset === 0 ? 0 : codeAt(scanner, offset - 1)
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
  const { scanner, line, column } = scan
  const index = scanner.index + scan.offset
  if (scan.text === '') scan.start = { index, line, column }
  while (scanner.index < index) if (takeBreak(scanner) === '') scanner.index += 1
  scan.text += (scan.text === '' ? '' : '\n') + takeLine(scanner)
  // The break behind the comment is stepped over uncounted, so `line` lags behind; marks are compared with that in mind.
  scan.offset = 1
  scan.line = scanner.line
  scan.column = 0
  scan.afterEmptyLine = false
}

function giveFoot(scan: CommentScan, tokenIndex: number): void {
  if (scan.text === '') return
  const here = scan.scanner.index + scan.offset
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
