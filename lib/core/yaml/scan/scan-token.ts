import { scanBlockScalar } from './block-scalar.ts'
import { closeBlocks } from './blocks.ts'
import { endCode, isBlankOrEnd } from './characters.ts'
import type { CommentCollector } from './comment-collector.ts'
import {
  scanBlockEntry,
  scanDirectiveLine,
  scanDocumentIndicator,
  scanFlowEnd,
  scanFlowEntry,
  scanFlowStart,
  scanKey,
  scanStreamEnd,
  scanValue,
} from './indicators.ts'
import { isDocumentIndicator } from './line-folding.ts'
import { scanAnchorName, scanTag } from './node-properties.ts'
import { scanPlainScalar } from './plain-scalar.ts'
import { scanQuotedScalar } from './quoted-scalar.ts'
import { codeAt, columnOf, failHere, placeOf, type Scanner, takeBreak, takeLine } from './scanner.ts'
import { removeKey, saveKey } from './simple-keys.ts'
import { createTagToken, createToken, type ScalarStyle } from './token.ts'

/**
 * Scans at least one more token, and the comments around it.
 * @throws {SyncError} that the options make
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_fetch_next_token)
 */
export function scanToken(scanner: Scanner): void {
  const { comments } = scanner
  comments?.enterGap(scanner)
  skipToToken(scanner)
  comments?.leaveGap(scanner)
  const column = columnOf(scanner)
  closeBlocks(scanner, column)
  const code = codeAt(scanner)
  if (code === endCode) scanStreamEnd(scanner)
  else if (column === 0 && code === 0x25) scanDirectiveLine(scanner)
  else if (column === 0 && isDocumentIndicator(scanner)) scanDocumentIndicator(scanner)
  else if (comments) scanCommented(scanner, comments)
  else scanContent(scanner)
}

function scanCommented(scanner: Scanner, comments: CommentCollector): void {
  const ownerIndex = comments.ownerIndex(scanner)
  scanContent(scanner)
  // Behind a dash it is the head of what follows instead.
  if (scanner.tokens.at(-1)?.type !== 'block-entry') comments.takeInline(scanner, ownerIndex)
}

/** Takes blanks, breaks and comments. Tabs are blanks only where no key can start. */
function skipToToken(scanner: Scanner): void {
  const { comments } = scanner
  for (;;) {
    const allowsTabs = scanner.flowLevel > 0 || !scanner.mayStartKey
    let code = codeAt(scanner)
    while (code === 0x20 || (code === 0x09 && allowsTabs)) {
      scanner.index += 1
      code = codeAt(scanner)
    }
    if (code === 0x23) {
      if (comments) comments.takeLines(scanner)
      else takeLine(scanner)
    }
    if (takeBreak(scanner) === '') return
    if (scanner.flowLevel === 0) scanner.mayStartKey = true
  }
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
  '|': (scanner) => scanBlock(scanner, 'literal'),
  '>': (scanner) => scanBlock(scanner, 'folded'),
  "'": (scanner) => scanFlowScalar(scanner, 'single', scanQuotedScalar),
  '"': (scanner) => scanFlowScalar(scanner, 'double', scanQuotedScalar),
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
  const code = codeAt(scanner)
  const scanMark = markScanners[code]
  const isMark =
    scanMark !== undefined && (isBlankOrEnd(codeAt(scanner, 1)) || (scanner.flowLevel > 0 && code !== 0x2d))
  const scan = isMark ? scanMark : scanners[code]
  if (scan) scan(scanner)
  else scanFlowScalar(scanner, 'plain', scanPlainScalar)
}

/** Notes that a key may start here, and that no other may follow it. */
function startKeyToken(scanner: Scanner): void {
  saveKey(scanner)
  scanner.mayStartKey = false
}

function scanFlowScalar(scanner: Scanner, style: ScalarStyle, scan: (scanner: Scanner) => string): void {
  startKeyToken(scanner)
  const { index, line } = scanner
  const value = scan(scanner)
  scanner.tokens.push(createToken(style, { index, line }, value))
}

function scanBlock(scanner: Scanner, style: ScalarStyle): void {
  if (scanner.flowLevel > 0) refuse(scanner)
  removeKey(scanner)
  scanner.mayStartKey = true
  const start = placeOf(scanner)
  scanner.tokens.push(createToken(style, start, scanBlockScalar(scanner)))
}

function scanName(scanner: Scanner, type: 'alias' | 'anchor'): void {
  startKeyToken(scanner)
  const start = placeOf(scanner)
  scanner.tokens.push(createToken(type, start, scanAnchorName(scanner)))
}

function scanTagToken(scanner: Scanner): void {
  startKeyToken(scanner)
  const start = placeOf(scanner)
  scanner.tokens.push(createTagToken('tag', start, scanTag(scanner)))
}

function refuse(scanner: Scanner): never {
  throw failHere(scanner, 'character that cannot start a token')
}
