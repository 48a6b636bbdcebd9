import { type ScannedComment, scanLineComment } from './comments.ts'
import { type Cursor, columnOf, createCursor, failAtLine, type Mark, markOf } from './cursor.ts'
import { createSimpleKeys, type SimpleKeys } from './simple-keys.ts'
import { createToken, type Token, type TokenType } from './token.ts'

/** What the scanner knows between two tokens. */
export interface Scanner {
  readonly cursor: Cursor
  readonly tokens: Token[]
  readonly comments: ScannedComment[]
  readonly keys: SimpleKeys
  /** Columns of the open blocks around the innermost. */
  readonly indents: number[]
  /** Column of the innermost open block, -1 outside. */
  indent: number
  flowLevel: number
  /** Whether a key, or the first key of a block, may start here. */
  mayStartKey: boolean
}

/** Deeper than any file that people write, and safe for the stack; go-yaml allows ten times as much. */
export const maxDepth = 1000

export function createScanner(text: string): Scanner {
  const cursor = createCursor(text)
  return {
    cursor,
    tokens: [createToken('stream-start', markOf(cursor))],
    comments: [],
    keys: createSimpleKeys(),
    indents: [],
    indent: -1,
    flowLevel: 0,
    mayStartKey: true,
  }
}

/** Remembers that a key may start here. */
export function saveKey({ cursor, tokens, keys, indent, flowLevel, mayStartKey }: Scanner): void {
  if (!mayStartKey) return
  const isRequired = flowLevel === 0 && indent === columnOf(cursor)
  keys.save({ start: markOf(cursor), tokenNumber: tokens.length, isRequired })
}

/**
 * Opens a block where this column is deeper than the open one.
 * @param tokenNumber index of the token before which it starts
 */
export function openBlock(scanner: Scanner, type: TokenType, at: { start: Mark; tokenNumber: number }): void {
  if (scanner.flowLevel > 0 || scanner.indent >= at.start.column) return
  scanner.indents.push(scanner.indent)
  scanner.indent = at.start.column
  if (scanner.indents.length + scanner.flowLevel > maxDepth) throw failAtLine(at.start.line)
  scanner.tokens.splice(at.tokenNumber, 0, createToken(type, at.start))
}

/**
 * Closes the blocks that are deeper than `column`. Each ends above the comments in the blanks since `scanStart` that
 * stand at its own column, so that they become its foot.
 */
export function closeBlocks(scanner: Scanner, column: number, scanStart: Mark): void {
  if (scanner.flowLevel > 0) return
  let end: Mark = { ...scanStart, index: scanStart.index - 1 }
  while (scanner.indent > column) {
    end = findBlockEnd(scanner, end)
    scanner.tokens.push(createToken('block-end', end))
    scanner.indent = scanner.indents.pop() ?? -1
  }
}

function findBlockEnd({ comments, indent }: Scanner, latest: Mark): Mark {
  let end = latest
  let stopIndex = latest.index
  for (let at = comments.length - 1; at >= 0; at -= 1) {
    const comment = comments[at]
    if (!comment || comment.endIndex < stopIndex) break
    if (comment.start.column === indent + 1) end = comment.start
    stopIndex = comment.scanIndex
  }
  return end
}

/** Takes the comment behind the last token; behind a dash it is the head of what follows instead. */
export function takeLineComment({ cursor, tokens, comments }: Scanner, tokenIndex: number): void {
  if (tokens.at(-1)?.type === 'block-entry') return
  const comment = scanLineComment(cursor, tokenIndex)
  if (comment) comments.push(comment)
}
