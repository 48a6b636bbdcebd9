import { endCode, isBlank, isBreak } from './characters.ts'
import { foldBreaks, isDocumentIndicator, takeBreaks } from './line-folding.ts'
import { codeAt, failHere, type Scanner, takeBreak, takeMatch } from './scanner.ts'

const singleQuote = 0x27
const doubleQuote = 0x22
const backslash = 0x5c

/** Up to a quote, a break or the end. */
const singleRun = /[^'\0\n\r\u0085\u2028\u2029]*/y
/** Up to a quote, an escape, a break or the end. */
const doubleRun = /[^"\\\0\n\r\u0085\u2028\u2029]*/y

/**
 * Scans a scalar in single or double quotes, over several lines where it has such.
 * @throws {SyncError} where it does not end, or an escape is none
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_scan_flow_scalar)
 */
export function scanQuotedScalar(scanner: Scanner): string {
  const { line, options } = scanner
  const quote = codeAt(scanner)
  const run = quote === singleQuote ? singleRun : doubleRun
  scanner.index += 1
  let value = ''
  for (;;) {
    const text = takeMatch(scanner, run)
    const code = codeAt(scanner)
    if (isBreak(code)) {
      value += trimBlanks(text) + foldBreaks(takeBreaks(scanner))
      assertGoesOn(scanner)
      continue
    }
    value += text
    if (code === endCode) throw options.fail('quoted scalar without an end', line)
    if (code === backslash) {
      value += takeEscape(scanner)
      continue
    }
    scanner.index += 1
    if (quote === doubleQuote || codeAt(scanner) !== singleQuote) return value
    scanner.index += 1
    value += "'"
  }
}

function trimBlanks(text: string): string {
  let { length } = text
  while (length > 0 && isBlank(text.charCodeAt(length - 1))) length -= 1
  return text.slice(0, length)
}

function assertGoesOn(scanner: Scanner): void {
  if (isDocumentIndicator(scanner)) throw failHere(scanner, 'document marker in a quoted scalar')
}

const named: Readonly<Record<string, string>> = {
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
const digitCounts: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

/** An escaped break stands for nothing, nor do blanks behind it, but further breaks count. */
function takeEscape(scanner: Scanner): string {
  if (isBreak(codeAt(scanner, 1))) {
    scanner.index += 1
    takeBreak(scanner)
    const breaks = takeBreaks(scanner)
    assertGoesOn(scanner)
    return breaks
  }
  const letter = scanner.text.charAt(scanner.index + 1)
  scanner.index += 2
  const length = digitCounts[letter]
  if (length !== undefined) return takeCodePoint(scanner, length)
  const character = named[letter]
  if (character === undefined) throw failHere(scanner, 'unknown escape in a double-quoted scalar')
  return character
}

function takeCodePoint(scanner: Scanner, length: number): string {
  const digits = scanner.text.slice(scanner.index, scanner.index + length)
  if (digits.length !== length || !/^[\da-fA-F]+$/.test(digits)) {
    throw failHere(scanner, 'escape without its hexadecimal digits')
  }
  const point = Number.parseInt(digits, 16)
  if (point > 0x10ffff || (point >= 0xd800 && point <= 0xdfff)) {
    throw failHere(scanner, 'escape of a character that does not exist')
  }
  scanner.index += length
  return String.fromCodePoint(point)
}
