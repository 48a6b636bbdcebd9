import { isBreak } from './characters.ts'
import { foldBreaks, isDocumentIndicator, takeBreaks } from './line-folding.ts'
import { codeAt, columnOf, type Scanner, takeBlanks, takeMatch } from './scanner.ts'

/** Up to a blank, a break, the end, or a colon before one of them. */
const blockRun =
  /[^\0 \t\n\r\u0085\u2028\u2029:]*(?::(?![\0 \t\n\r\u0085\u2028\u2029])[^\0 \t\n\r\u0085\u2028\u2029:]*)*/y
/** In a flow collection also up to `,` `?` `[` `]` `{` `}`. */
const flowRun =
  /[^\0 \t\n\r\u0085\u2028\u2029:,?[\]{}]*(?::(?![\0 \t\n\r\u0085\u2028\u2029])[^\0 \t\n\r\u0085\u2028\u2029:,?[\]{}]*)*/y

/**
 * Scans a plain scalar, over several lines where those that follow are indented. A key may start below.
 * @throws {SyncError} where a tab stands in the indentation
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go (yaml_parser_scan_plain_scalar)
 */
export function scanPlainScalar(scanner: Scanner): string {
  const run = scanner.flowLevel > 0 ? flowRun : blockRun
  const indent = scanner.indent + 1
  let value = takeMatch(scanner, run)
  for (;;) {
    let joint = takeBlanks(scanner)
    const isBelow = isBreak(codeAt(scanner))
    if (isBelow) joint = foldBreaks(takeBreaks(scanner, indent))
    else if (joint === '') return value
    const next = goesOn(scanner, indent) ? takeMatch(scanner, run) : ''
    if (next === '') {
      if (isBelow) scanner.mayStartKey = true
      return value
    }
    value += joint + next
  }
}

function goesOn(scanner: Scanner, indent: number): boolean {
  if (scanner.flowLevel === 0 && columnOf(scanner) < indent) return false
  return codeAt(scanner) !== 0x23 && !isDocumentIndicator(scanner)
}
