import { isBlank, isBlankOrEnd, isBreak } from './characters.ts'
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

function readRun(scanner: Scanner): string {
  const start = scanner.position
  const inFlow = scanner.flowLevel > 0
  for (;;) {
    const code = peek(scanner)
    if (isBlankOrEnd(code) || (code === 0x3a && isBlankOrEnd(peek(scanner, 1)))) break
    if (inFlow && isFlowIndicator(code)) break
    scanner.position += 1
  }
  return scanner.text.slice(start, scanner.position)
}

/** `,`, `?`, `[`, `]`, `{`, `}` */
function isFlowIndicator(code: number): boolean {
  return code === 0x2c || code === 0x3f || code === 0x5b || code === 0x5d || code === 0x7b || code === 0x7d
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
