import { isBlank, isBreak } from './characters.ts'
import { isDocumentIndicator } from './scan-quoted.ts'
import { columnOf, createScanError, peek, pushToken, readBreak, type Scanner } from './scanner.ts'

/**
 * Scans an unquoted scalar.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_scan_plain_scalar)
 * @throws {SyncError} the code of the source
 */
export function scanPlainScalar(scanner: Scanner): void {
  const startLine = scanner.line
  const indent = scanner.indent + 1
  let value = ''
  let pending = ''
  let afterBreak = false
  for (;;) {
    if (isDocumentIndicator(scanner) || peek(scanner) === 0x23) break
    const run = readRun(scanner)
    if (run !== '') {
      value += pending + run
      afterBreak = false
    }
    if (!isBlank(peek(scanner)) && !isBreak(peek(scanner))) break
    const gap = scanGap(scanner, indent)
    pending = gap.text
    afterBreak = gap.hasBreak
    if (scanner.flowLevel === 0 && columnOf(scanner) < indent) break
  }
  pushToken(scanner, 'plain', { value, line: startLine })
  if (afterBreak) scanner.simpleKeyAllowed = true
}

/** Up to a blank, a break, the end, or a colon before one of them. */
const blockRun =
  /[^\0 \t\n\r\u0085\u2028\u2029:]*(?::(?![\0 \t\n\r\u0085\u2028\u2029])[^\0 \t\n\r\u0085\u2028\u2029:]*)*/y
/** In a flow collection also up to `,` `?` `[` `]` `{` `}`. */
const flowRun =
  /[^\0 \t\n\r\u0085\u2028\u2029:,?[\]{}]*(?::(?![\0 \t\n\r\u0085\u2028\u2029])[^\0 \t\n\r\u0085\u2028\u2029:,?[\]{}]*)*/y

/** Expressions find the end of a run three times as fast as a look at each character. */
function readRun(scanner: Scanner): string {
  const start = scanner.position
  const run = scanner.flowLevel > 0 ? flowRun : blockRun
  run.lastIndex = start
  run.test(scanner.text)
  scanner.position = run.lastIndex
  return scanner.text.slice(start, scanner.position)
}

/** Eats blanks and breaks; `text` is what stands for them if the scalar goes on. */
function scanGap(scanner: Scanner, indent: number): { text: string; hasBreak: boolean } {
  const start = scanner.position
  while (isBlank(peek(scanner))) scanner.position += 1
  if (!isBreak(peek(scanner))) return { text: scanner.text.slice(start, scanner.position), hasBreak: false }
  const leading = readBreak(scanner)
  let trailing = ''
  while (isBlank(peek(scanner)) || isBreak(peek(scanner))) {
    if (isBreak(peek(scanner))) {
      trailing += readBreak(scanner)
    } else {
      if (columnOf(scanner) < indent && peek(scanner) === 0x09) {
        throw createScanError(scanner, 'tab that violates the indentation')
      }
      scanner.position += 1
    }
  }
  if (leading === '\n') return { text: trailing === '' ? ' ' : trailing, hasBreak: true }
  return { text: leading + trailing, hasBreak: true }
}
