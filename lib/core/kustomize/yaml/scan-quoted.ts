import { isBlank, isBlankOrEnd, isBreak } from './characters.ts'
import { columnOf, createScanError, peek, pushToken, readBreak, type Scanner } from './scanner.ts'

/**
 * Scans a single- or double-quoted scalar, the cursor on its quote.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_scan_flow_scalar)
 * @throws {SyncError} the code of the source
 */
export function scanQuotedScalar(scanner: Scanner, style: 'single' | 'double'): void {
  const startLine = scanner.line
  const quote = peek(scanner)
  scanner.position += 1
  let value = ''
  for (;;) {
    if (isDocumentIndicator(scanner)) throw createScanError(scanner, 'document marker in a quoted scalar')
    if (peek(scanner) === 0) throw createScanError(scanner, 'quoted scalar without an end', startLine)
    const run = style === 'single' ? scanSingleQuotedRun(scanner) : scanDoubleQuotedRun(scanner)
    value += run.text
    if (peek(scanner) === quote) break
    value += scanBlanks(scanner, run.escapedBreak)
  }
  scanner.position += 1
  pushToken(scanner, style, { value, line: startLine })
}

/** Whether the cursor stands on `---` or `...` at the start of a line. */
export function isDocumentIndicator(scanner: Scanner): boolean {
  if (columnOf(scanner) !== 0) return false
  const code = peek(scanner)
  return (
    (code === 0x2d || code === 0x2e) &&
    peek(scanner, 1) === code &&
    peek(scanner, 2) === code &&
    isBlankOrEnd(peek(scanner, 3))
  )
}

interface Run {
  readonly text: string
  /** Whether the run ended in a backslash before a line break. */
  readonly escapedBreak: boolean
}

function scanSingleQuotedRun(scanner: Scanner): Run {
  let text = ''
  let start = scanner.position
  for (;;) {
    const code = peek(scanner)
    if (isBlankOrEnd(code)) break
    if (code === 0x27) {
      if (peek(scanner, 1) !== 0x27) break
      text += scanner.text.slice(start, scanner.position + 1)
      scanner.position += 2
      start = scanner.position
    } else {
      scanner.position += 1
    }
  }
  return { text: text + scanner.text.slice(start, scanner.position), escapedBreak: false }
}

function scanDoubleQuotedRun(scanner: Scanner): Run {
  let text = ''
  let start = scanner.position
  for (;;) {
    const code = peek(scanner)
    if (isBlankOrEnd(code) || code === 0x22) break
    if (code !== 0x5c) {
      scanner.position += 1
      continue
    }
    text += scanner.text.slice(start, scanner.position)
    if (isBreak(peek(scanner, 1))) {
      scanner.position += 1
      readBreak(scanner)
      return { text, escapedBreak: true }
    }
    text += scanEscape(scanner)
    start = scanner.position
  }
  return { text: text + scanner.text.slice(start, scanner.position), escapedBreak: false }
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}

const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function scanEscape(scanner: Scanner): string {
  const letter = scanner.text.charAt(scanner.position + 1)
  scanner.position += 2
  const simple = escapes[letter]
  if (simple !== undefined) return simple
  const length = hexLengths[letter]
  if (length === undefined) throw createScanError(scanner, 'unknown escape in a double-quoted scalar')
  const digits = scanner.text.slice(scanner.position, scanner.position + length)
  if (digits.length !== length || !/^[0-9A-Fa-f]+$/.test(digits)) {
    throw createScanError(scanner, 'escape without its hexadecimal digits')
  }
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    throw createScanError(scanner, 'escape of a character that does not exist')
  }
  scanner.position += length
  return String.fromCodePoint(point)
}

/** Eats blanks and breaks between two runs and returns what they fold into. */
function scanBlanks(scanner: Scanner, escapedBreak: boolean): string {
  const start = scanner.position
  while (isBlank(peek(scanner))) scanner.position += 1
  if (!isBreak(peek(scanner))) return escapedBreak ? '' : scanner.text.slice(start, scanner.position)
  const leading = escapedBreak ? '' : readBreak(scanner)
  let trailing = ''
  while (isBlank(peek(scanner)) || isBreak(peek(scanner))) {
    if (isBreak(peek(scanner))) trailing += readBreak(scanner)
    else scanner.position += 1
  }
  if (leading === '\n') return trailing === '' ? ' ' : trailing
  return leading + trailing
}
