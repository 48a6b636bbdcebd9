import { scanBlockScalar } from './block-scalar.ts'
import { scanLineComment } from './comments.ts'
import { failAtLine, type Mark, markOf } from './cursor.ts'
import { scanAnchorName, scanTag } from './node-properties.ts'
import { scanPlainScalar } from './plain-scalar.ts'
import { scanQuotedScalar } from './quoted-scalar.ts'
import { type Scanner, saveKey } from './scanner.ts'
import { createToken } from './token.ts'

/** Notes that a key may start here, and that no other may follow it. */
function startKeyToken(scanner: Scanner): Mark {
  saveKey(scanner)
  scanner.mayStartKey = false
  return markOf(scanner.cursor)
}

/** `&name` or `*name` */
export function scanName(scanner: Scanner, type: 'alias' | 'anchor'): void {
  const start = startKeyToken(scanner)
  scanner.tokens.push(createToken(type, start, { value: scanAnchorName(scanner.cursor) }))
}

export function scanTagToken(scanner: Scanner): void {
  const start = startKeyToken(scanner)
  const { handle, suffix } = scanTag(scanner.cursor)
  scanner.tokens.push(createToken('tag', start, { value: handle, suffix }))
}

export function scanQuoted(scanner: Scanner, style: 'single' | 'double'): void {
  const start = startKeyToken(scanner)
  scanner.tokens.push(createToken('scalar', start, { value: scanQuotedScalar(scanner.cursor, style) }))
}

export function scanPlain(scanner: Scanner): void {
  const { cursor, indent, flowLevel } = scanner
  const start = startKeyToken(scanner)
  const { value, endsAbove } = scanPlainScalar(cursor, { isFlow: flowLevel > 0, indent: indent + 1 })
  if (endsAbove) scanner.mayStartKey = true
  scanner.tokens.push(createToken('scalar', start, { value, isPlain: true }))
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
