import { assertDepth, closeBlocks, insertToken, openBlock, openBlockAt } from './blocks.ts'
import { scanDirective } from './directive.ts'
import { codeAt, pushToken, type Scanner } from './scanner.ts'
import { acceptKey, removeKey, saveKey } from './simple-keys.ts'
import { createToken, type TokenType } from './token.ts'

/** `[` and `{` @throws {SyncError} where they are nested too deeply */
export function scanFlowStart(scanner: Scanner, type: TokenType): void {
  saveKey(scanner)
  scanner.flowLevel += 1
  assertDepth(scanner)
  scanner.mayStartKey = true
  pushIndicator(scanner, type)
}

/** `]` and `}` */
export function scanFlowEnd(scanner: Scanner, type: TokenType): void {
  removeKey(scanner)
  if (scanner.flowLevel > 0) scanner.flowLevel -= 1
  scanner.mayStartKey = false
  pushIndicator(scanner, type)
}

/** `,` */
export function scanFlowEntry(scanner: Scanner): void {
  removeKey(scanner)
  scanner.mayStartKey = true
  pushIndicator(scanner, 'flow-entry')
}

/** `-` @throws {SyncError} where no list can start */
export function scanBlockEntry(scanner: Scanner): void {
  openBlock(scanner, 'block-sequence-start')
  removeKey(scanner)
  scanner.mayStartKey = true
  pushIndicator(scanner, 'block-entry')
}

/** `?` @throws {SyncError} where no key can start */
export function scanKey(scanner: Scanner): void {
  openBlock(scanner, 'block-mapping-start')
  removeKey(scanner)
  scanner.mayStartKey = scanner.flowLevel === 0
  pushIndicator(scanner, 'key')
}

/**
 * `:`, which makes a key of what was scanned, or ends one that started with `?`.
 * @throws {SyncError} where no value can stand
 */
export function scanValue(scanner: Scanner): void {
  const key = acceptKey(scanner)
  if (key) {
    insertToken(scanner, key.tokenNumber, createToken('key', key))
    openBlockAt(scanner, 'block-mapping-start', key)
    scanner.mayStartKey = false
  } else {
    openBlock(scanner, 'block-mapping-start')
    scanner.mayStartKey = scanner.flowLevel === 0
  }
  pushIndicator(scanner, 'value')
}

/** `---` and `...` */
export function scanDocumentIndicator(scanner: Scanner): void {
  leaveDocument(scanner)
  pushToken(scanner, codeAt(scanner) === 0x2d ? 'document-start' : 'document-end')
  scanner.index += 3
}

/** A line that starts with `%` @throws {SyncError} where it is no directive */
export function scanDirectiveLine(scanner: Scanner): void {
  leaveDocument(scanner)
  scanner.tokens.push(scanDirective(scanner))
}

/** The end of the text. */
export function scanStreamEnd(scanner: Scanner): void {
  leaveDocument(scanner)
  pushToken(scanner, 'stream-end')
}

function leaveDocument(scanner: Scanner): void {
  scanner.comments?.enterGap(scanner)
  closeBlocks(scanner, -1)
  removeKey(scanner)
  scanner.mayStartKey = false
}

function pushIndicator(scanner: Scanner, type: TokenType): void {
  pushToken(scanner, type)
  scanner.index += 1
}
