import { endCode, isBlankOrEnd, isBreak } from './characters.ts'
import { scanComments } from './comments.ts'
import {
  codeAt,
  columnOf,
  failAtLine,
  type Mark,
  markOf,
  skipBlanks,
  skipSpaces,
  takeBreak,
} from './cursor.ts'
import { scanDirectiveLine, scanDocumentIndicator, scanStreamEnd } from './document-tokens.ts'
import {
  scanBlockEntry,
  scanFlowEnd,
  scanFlowEntry,
  scanFlowStart,
  scanKey,
  scanValue,
} from './indicators.ts'
import { isDocumentIndicator } from './line-folding.ts'
import { scanBlock, scanName, scanPlain, scanQuoted, scanTagToken } from './node-tokens.ts'
import { closeBlocks, type Scanner, takeLineComment } from './scanner.ts'

/**
 * Scans at least one more token, and the comments around it.
 * @throws {SyncError} SopsFileUnreadable with the line
 * @see https://github.com/yaml/go-yaml/blob/v3/scannerc.go
 */
export function scanToken(scanner: Scanner): void {
  const { cursor } = scanner
  const scanStart = markOf(cursor)
  skipToToken(scanner, scanStart)
  closeBlocks(scanner, columnOf(cursor), scanStart)
  if (codeAt(cursor) === endCode) scanStreamEnd(scanner)
  else if (columnOf(cursor) === 0 && codeAt(cursor) === 0x25) scanDirectiveLine(scanner)
  else if (isDocumentIndicator(cursor)) scanDocumentIndicator(scanner)
  else scanWithComment(scanner)
}

function scanWithComment(scanner: Scanner): void {
  const { cursor, tokens } = scanner
  // A comment behind a colon or comma belongs to what is before that.
  const isJoint = codeAt(cursor) === (scanner.flowLevel === 0 ? 0x3a : 0x2c)
  const commentIndex = (isJoint ? tokens.at(-1)?.start.index : undefined) ?? cursor.index
  scanContent(scanner)
  takeLineComment(scanner, commentIndex)
}

/** Takes blanks, breaks and comments. Tabs are blanks only where no key can start. */
function skipToToken(scanner: Scanner, scanStart: Mark): void {
  const { cursor, comments } = scanner
  for (;;) {
    const allowsTabs = scanner.flowLevel > 0 || !scanner.mayStartKey
    if (allowsTabs) skipBlanks(cursor)
    else skipSpaces(cursor)
    promoteLineComment(scanner)
    if (codeAt(cursor) === 0x23) {
      const context = { tokens: scanner.tokens, indent: scanner.indent, isFlow: scanner.flowLevel > 0 }
      comments.push(...scanComments(cursor, context, scanStart))
    }
    if (takeBreak(cursor) === '') return
    if (scanner.flowLevel === 0) scanner.mayStartKey = true
  }
}

/** Makes a comment behind the key of a list the head of its first item, or of the item's content. */
function promoteLineComment({ cursor, tokens, comments }: Scanner): void {
  const comment = comments.at(-1)
  if (comment?.kind !== 'line' || isBreak(codeAt(cursor))) return
  if (tokens.at(-1)?.type !== 'block-entry' || tokens.at(-2)?.type !== 'block-sequence-start') return
  comment.kind = 'head'
  if (comment.start.line === cursor.line - 1) comment.tokenIndex = cursor.index
}

type Scan = (scanner: Scanner) => void

/** By the code of a character: a look-up by the character itself would cost a string for every token. */
function byCode(scans: Readonly<Record<string, Scan>>): readonly (Scan | undefined)[] {
  return Array.from({ length: 0x80 }, (_, code) => scans[String.fromCharCode(code)])
}

/** By the first character; what is not here starts a plain scalar. */
const scanners = byCode({
  '[': (scanner) => scanFlowStart(scanner, 'flow-sequence-start'),
  '{': (scanner) => scanFlowStart(scanner, 'flow-mapping-start'),
  ']': (scanner) => scanFlowEnd(scanner, 'flow-sequence-end'),
  '}': (scanner) => scanFlowEnd(scanner, 'flow-mapping-end'),
  ',': scanFlowEntry,
  '*': (scanner) => scanName(scanner, 'alias'),
  '&': (scanner) => scanName(scanner, 'anchor'),
  '!': scanTagToken,
  '|': scanBlock,
  '>': scanBlock,
  "'": (scanner) => scanQuoted(scanner, 'single'),
  '"': (scanner) => scanQuoted(scanner, 'double'),
  '%': refuse,
  '@': refuse,
  '`': refuse,
  '\t': refuse,
})

/** By the first character, if it stands alone; before others it starts a plain scalar. */
const markScanners = byCode({
  '-': scanBlockEntry,
  '?': scanKey,
  ':': scanValue,
})

function scanContent(scanner: Scanner): void {
  const { cursor, flowLevel } = scanner
  const code = codeAt(cursor)
  const scanMark = markScanners[code]
  const isMark = isBlankOrEnd(codeAt(cursor, 1)) || (flowLevel > 0 && code !== 0x2d)
  const scan = scanMark && isMark ? scanMark : (scanners[code] ?? scanPlain)
  scan(scanner)
}

function refuse({ cursor }: Scanner): never {
  throw failAtLine(cursor.line)
}
