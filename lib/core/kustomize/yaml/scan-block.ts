import { isBlank, isBreak, isBreakOrEnd, isDigit } from './characters.ts'
import { columnOf, createScanError, peek, pushToken, readBreak, type Scanner } from './scanner.ts'

/**
 * Scans a literal or folded scalar, the cursor on its indicator. Breaks and blanks follow libyaml to the letter: what
 * it folds differs from YAML 1.2.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_scan_block_scalar)
 * @throws {SyncError} the code of the source
 */
export function scanBlockScalar(scanner: Scanner, style: 'literal' | 'folded'): void {
  const startLine = scanner.line
  scanner.position += 1
  const { chomping, increment } = scanHeader(scanner)
  const known = increment === 0 ? 0 : Math.max(scanner.indent, 0) + increment
  const block = scanBreaks(scanner, known)
  let { breaks } = block
  let value = ''
  let leadingBreak = ''
  let startedBlank = false
  while (columnOf(scanner) === block.indent && peek(scanner) !== 0) {
    const startsBlank = isBlank(peek(scanner))
    if (style === 'folded' && !startedBlank && !startsBlank && leadingBreak === '\n') {
      if (breaks === '') value += ' '
    } else {
      value += leadingBreak
    }
    value += breaks
    startedBlank = startsBlank
    value += readLine(scanner)
    leadingBreak = readBreak(scanner)
    breaks = scanBreaks(scanner, block.indent).breaks
  }
  if (chomping !== '-') value += leadingBreak
  if (chomping === '+') value += breaks
  pushToken(scanner, style, { value, line: startLine })
}

function readLine(scanner: Scanner): string {
  const start = scanner.position
  while (!isBreakOrEnd(peek(scanner))) scanner.position += 1
  return scanner.text.slice(start, scanner.position)
}

function scanHeader(scanner: Scanner): { chomping: string; increment: number } {
  let chomping = ''
  let increment = 0
  for (let part = 0; part < 2; part += 1) {
    const code = peek(scanner)
    if (chomping === '' && (code === 0x2b || code === 0x2d)) chomping = String.fromCharCode(code)
    else if (increment === 0 && isDigit(code)) increment = readIndentation(scanner, code)
    else break
    scanner.position += 1
  }
  while (isBlank(peek(scanner))) scanner.position += 1
  if (peek(scanner) === 0x23) while (!isBreakOrEnd(peek(scanner))) scanner.position += 1
  if (!isBreakOrEnd(peek(scanner))) throw createScanError(scanner, 'text after a block scalar indicator')
  readBreak(scanner)
  return { chomping, increment }
}

function readIndentation(scanner: Scanner, code: number): number {
  if (code === 0x30) throw createScanError(scanner, 'indentation indicator of a block scalar is 0')
  return code - 0x30
}

/** Eats indentation and empty lines; determines the indentation where `indent` is 0. */
function scanBreaks(scanner: Scanner, indent: number): { breaks: string; indent: number } {
  let breaks = ''
  let deepest = 0
  for (;;) {
    while ((indent === 0 || columnOf(scanner) < indent) && peek(scanner) === 0x20) scanner.position += 1
    deepest = Math.max(deepest, columnOf(scanner))
    if ((indent === 0 || columnOf(scanner) < indent) && peek(scanner) === 0x09) {
      throw createScanError(scanner, 'tab where an indentation space is expected')
    }
    if (!isBreak(peek(scanner))) break
    breaks += readBreak(scanner)
  }
  return { breaks, indent: indent === 0 ? Math.max(deepest, scanner.indent + 1, 1) : indent }
}
