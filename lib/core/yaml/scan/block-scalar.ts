import { endCode, isBlank, isBreak, isBreakOrEnd } from './characters.ts'
import {
  codeAt,
  columnOf,
  failHere,
  type Scanner,
  takeBlanks,
  takeBreak,
  takeLine,
  takeMatch,
} from './scanner.ts'

interface Header {
  readonly isLiteral: boolean
  /** What becomes of the breaks at the end: `+` keeps all, `-` none; else it is one. */
  readonly chomping: string
  /** Columns beyond the parent's; 0 where the first line says. */
  readonly depth: number
}

const indicators = /[|>](?:[+-]\d?|\d[+-]?)?/y

/**
 * Scans a literal or folded block scalar. Breaks and blanks follow libyaml to the letter: what it folds differs from
 * YAML 1.2.
 * @throws {SyncError} where it is no YAML
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_scan_block_scalar)
 */
export function scanBlockScalar(scanner: Scanner): string {
  const ownerIndex = scanner.index
  const header = takeHeader(scanner)
  takeBlanks(scanner)
  if (codeAt(scanner) === 0x23) {
    scanner.comments?.takeInline(scanner, ownerIndex)
    takeLine(scanner)
  }
  if (!isBreakOrEnd(codeAt(scanner))) throw failHere(scanner, 'text after a block scalar indicator')
  takeBreak(scanner)
  return takeContent(scanner, header)
}

function takeHeader(scanner: Scanner): Header {
  const text = takeMatch(scanner, indicators)
  const digit = text.replace(/\D/g, '')
  if (digit === '0') throw failHere(scanner, 'indentation indicator of a block scalar is 0')
  return { isLiteral: text.startsWith('|'), chomping: text.replace(/[^+-]/g, ''), depth: Number(digit) }
}

function takeContent(scanner: Scanner, { isLiteral, chomping, depth }: Header): string {
  const given = depth === 0 ? 0 : Math.max(scanner.indent, 0) + depth
  const leading = takeEmptyLines(scanner, given)
  const indent = given || Math.max(leading.widest, scanner.indent + 1, 1)
  let emptyLines = leading.breaks
  let value = ''
  let lineBreak = ''
  let afterBlank = false
  while (columnOf(scanner) === indent && codeAt(scanner) !== endCode) {
    const startsBlank = isBlank(codeAt(scanner))
    const isFolded = !isLiteral && !afterBlank && !startsBlank && lineBreak === '\n'
    if (isFolded) value += emptyLines === '' ? ' ' : emptyLines
    else value += lineBreak + emptyLines
    value += takeLine(scanner)
    lineBreak = takeBreak(scanner)
    emptyLines = takeEmptyLines(scanner, indent).breaks
    afterBlank = startsBlank
  }
  if (chomping === '-') return value
  return chomping === '+' ? value + lineBreak + emptyLines : value + lineBreak
}

/** Takes indentation and empty lines, up to column `indent` or, where that is 0, as far as the spaces go. */
function takeEmptyLines(scanner: Scanner, indent: number): { breaks: string; widest: number } {
  let breaks = ''
  let widest = 0
  for (;;) {
    while (codeAt(scanner) === 0x20 && (indent === 0 || columnOf(scanner) < indent)) scanner.index += 1
    const column = columnOf(scanner)
    if (codeAt(scanner) === 0x09 && (indent === 0 || column < indent)) {
      throw failHere(scanner, 'tab where an indentation space is expected')
    }
    widest = Math.max(widest, column)
    if (!isBreak(codeAt(scanner))) return { breaks, widest }
    breaks += takeBreak(scanner)
  }
}
