import { failAtLine, markOf, take } from './cursor.ts'
import { maxDepth, openBlock, type Scanner, saveKey } from './scanner.ts'
import { createToken, type TokenType } from './token.ts'

/** `[` and `{` */
export function scanFlowStart(scanner: Scanner, type: TokenType): void {
  saveKey(scanner)
  scanner.keys.enterFlow()
  scanner.flowLevel += 1
  if (scanner.indents.length + scanner.flowLevel > maxDepth) throw failAtLine(scanner.cursor.line)
  scanner.mayStartKey = true
  pushIndicator(scanner, type)
}

/** `]` and `}` */
export function scanFlowEnd(scanner: Scanner, type: TokenType): void {
  scanner.keys.remove()
  if (scanner.flowLevel > 0) {
    scanner.flowLevel -= 1
    scanner.keys.leaveFlow()
  }
  scanner.mayStartKey = false
  pushIndicator(scanner, type)
}

/** `,` */
export function scanFlowEntry(scanner: Scanner): void {
  scanner.keys.remove()
  scanner.mayStartKey = true
  pushIndicator(scanner, 'flow-entry')
}

/** `-` */
export function scanBlockEntry(scanner: Scanner): void {
  openBlockHere(scanner, 'block-sequence-start')
  scanner.keys.remove()
  scanner.mayStartKey = true
  pushIndicator(scanner, 'block-entry')
}

/** `?` */
export function scanKey(scanner: Scanner): void {
  openBlockHere(scanner, 'block-mapping-start')
  scanner.keys.remove()
  scanner.mayStartKey = scanner.flowLevel === 0
  pushIndicator(scanner, 'key')
}

/** `:`, which makes a key of what was scanned, or ends one that started with `?`. */
export function scanValue(scanner: Scanner): void {
  const key = scanner.keys.accept(scanner.cursor)
  if (key) {
    scanner.tokens.splice(key.tokenNumber, 0, createToken('key', key.start))
    openBlock(scanner, 'block-mapping-start', key)
    scanner.mayStartKey = false
  } else {
    openBlockHere(scanner, 'block-mapping-start')
    scanner.mayStartKey = scanner.flowLevel === 0
  }
  pushIndicator(scanner, 'value')
}

function openBlockHere(scanner: Scanner, type: TokenType): void {
  if (scanner.flowLevel > 0) return
  if (!scanner.mayStartKey) throw failAtLine(scanner.cursor.line)
  openBlock(scanner, type, { start: markOf(scanner.cursor), tokenNumber: scanner.tokens.length })
}

function pushIndicator({ cursor, tokens }: Scanner, type: TokenType): void {
  const start = markOf(cursor)
  take(cursor, 1)
  tokens.push(createToken(type, start))
}
