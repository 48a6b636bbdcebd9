import { isBreakOrEnd } from './characters.ts'
import { codeAt, columnOf, failAtLine, markOf, skipBlanks, take, takeBreak, takeLine } from './cursor.ts'
import { scanDirective } from './node-properties.ts'
import { closeBlocks, type Scanner } from './scanner.ts'
import { createToken } from './token.ts'

/** The end of the text. */
export function scanStreamEnd(scanner: Scanner): void {
  const { cursor } = scanner
  if (columnOf(cursor) > 0) {
    cursor.lineStart = cursor.index
    cursor.line += 1
  }
  leaveDocument(scanner)
  scanner.tokens.push(createToken('stream-end', markOf(cursor)))
}

/** `---` or `...` */
export function scanDocumentIndicator(scanner: Scanner): void {
  leaveDocument(scanner)
  const start = markOf(scanner.cursor)
  const type = take(scanner.cursor, 3) === '---' ? 'document-start' : 'document-end'
  scanner.tokens.push(createToken(type, start))
}

/** A line that starts with `%`. */
export function scanDirectiveLine(scanner: Scanner): void {
  const { cursor, tokens } = scanner
  leaveDocument(scanner)
  const start = markOf(cursor)
  const directive = scanDirective(cursor)
  skipBlanks(cursor)
  if (codeAt(cursor) === 0x23) takeLine(cursor)
  if (!isBreakOrEnd(codeAt(cursor))) throw failAtLine(cursor.line)
  takeBreak(cursor)
  tokens.push(
    directive.name === 'YAML'
      ? createToken('version-directive', start, { value: directive.version })
      : createToken('tag-directive', start, { value: directive.handle, suffix: directive.prefix }),
  )
}

function leaveDocument(scanner: Scanner): void {
  closeBlocks(scanner, -1, markOf(scanner.cursor))
  scanner.keys.remove()
  scanner.mayStartKey = false
}
