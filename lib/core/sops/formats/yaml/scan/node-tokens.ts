import { scanBlockScalar } from './block-scalar.ts'
import { scanLineComment } from './comments.ts'
import { failAtLine, markOf } from './cursor.ts'
import { scanAnchorName, scanTag } from './node-properties.ts'
import { scanPlainScalar } from './plain-scalar.ts'
import { scanQuotedScalar } from './quoted-scalar.ts'
import { type Scanner, saveKey } from './scanner.ts'
import { createToken, type Token, type TokenType } from './token.ts'

/** Pushes a token that can be a key, or start one, and that no other key may follow. */
function pushKeyToken(scanner: Scanner, type: TokenType, scan: () => Partial<Token>): void {
  saveKey(scanner)
  scanner.mayStartKey = false
  const start = markOf(scanner.cursor)
  scanner.tokens.push(createToken(type, start, scan()))
}

/** `&name` or `*name` */
export function scanName(scanner: Scanner, type: 'alias' | 'anchor'): void {
  pushKeyToken(scanner, type, () => ({ value: scanAnchorName(scanner.cursor) }))
}

export function scanTagToken(scanner: Scanner): void {
  pushKeyToken(scanner, 'tag', () => {
    const { handle, suffix } = scanTag(scanner.cursor)
    return { value: handle, suffix }
  })
}

export function scanQuoted(scanner: Scanner, style: 'single' | 'double'): void {
  pushKeyToken(scanner, 'scalar', () => ({ value: scanQuotedScalar(scanner.cursor, style) }))
}

export function scanPlain(scanner: Scanner): void {
  const { cursor, indent, flowLevel } = scanner
  pushKeyToken(scanner, 'scalar', () => {
    const { value, endsAbove } = scanPlainScalar(cursor, { isFlow: flowLevel > 0, indent: indent + 1 })
    if (endsAbove) scanner.mayStartKey = true
    return { value, isPlain: true }
  })
}

/** `|` or `>` */
export function scanBlock(scanner: Scanner): void {
  const { cursor, keys, tokens, comments, indent } = scanner
  if (scanner.flowLevel > 0) throw failAtLine(cursor.line)
  keys.remove()
  scanner.mayStartKey = true
  const start = markOf(cursor)
  const value = scanBlockScalar(cursor, indent, () => {
    const comment = scanLineComment(cursor, start.index)
    if (comment) comments.push(comment)
  })
  tokens.push(createToken('scalar', start, { value }))
}
