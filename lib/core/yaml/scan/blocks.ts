import { failHere, placeOf, type Scanner } from './scanner.ts'
import { createToken, type Place, type Token, type TokenType } from './token.ts'

/**
 * Opens a block here, where that is deeper than the open one.
 * @throws {SyncError} where no block can start
 */
export function openBlock(scanner: Scanner, type: TokenType): void {
  if (scanner.flowLevel > 0) return
  if (!scanner.mayStartKey) throw failHere(scanner, 'list entry, key or value where none is allowed')
  openBlockAt(scanner, type, { ...placeOf(scanner), tokenNumber: scanner.tokens.length })
}

interface BlockStart extends Place {
  /** Index of the token before which it starts. */
  readonly tokenNumber: number
}

/**
 * Opens a block that starts on this line, where that is deeper than the open one.
 * @throws {SyncError} where it is nested too deeply
 */
export function openBlockAt(scanner: Scanner, type: TokenType, start: BlockStart): void {
  const column = start.index - scanner.lineStart
  if (scanner.flowLevel > 0 || scanner.indent >= column) return
  scanner.indents.push(scanner.indent)
  scanner.indent = column
  assertDepth(scanner)
  insertToken(scanner, start.tokenNumber, createToken(type, start))
}

/** Closes the blocks that are deeper than `column`. */
export function closeBlocks(scanner: Scanner, column: number): void {
  if (scanner.flowLevel > 0) return
  const { comments, tokens, indents } = scanner
  while (scanner.indent > column) {
    const end = comments === undefined ? scanner : comments.findBlockEnd(scanner)
    tokens.push(createToken('block-end', end))
    scanner.indent = indents.pop() ?? -1
  }
}

/** @throws {SyncError} where lists and maps are nested too deeply */
export function assertDepth(scanner: Scanner): void {
  const depth = scanner.indents.length + scanner.flowLevel
  if (depth > scanner.options.maxDepth) throw failHere(scanner, 'nested too deeply')
}

/** Cheaper than `splice`, since the place is near the end. */
export function insertToken({ tokens }: Scanner, tokenNumber: number, token: Token): void {
  let last = token
  for (let at = tokenNumber; at < tokens.length; at += 1) {
    const moved = tokens[at] ?? last
    tokens[at] = last
    last = moved
  }
  tokens.push(last)
}
