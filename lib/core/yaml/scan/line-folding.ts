import { isBlank, isBlankOrEnd, isBreak } from './characters.ts'
import { codeAt, columnOf, failHere, type Scanner, takeBreak } from './scanner.ts'

/**
 * Takes the line breaks between two lines of a flow scalar, and the blanks among them.
 * @param indent column that tabs must not stand left of
 * @throws {SyncError} where one does
 */
export function takeBreaks(scanner: Scanner, indent = 0): string {
  let breaks = ''
  for (;;) {
    const code = codeAt(scanner)
    if (isBreak(code)) {
      breaks += takeBreak(scanner)
    } else if (isBlank(code)) {
      if (code === 0x09 && columnOf(scanner) < indent) {
        throw failHere(scanner, 'tab that violates the indentation')
      }
      scanner.index += 1
    } else {
      return breaks
    }
  }
}

/** What the line breaks between two lines of a flow scalar come to: one LF is a space, more lose the first. */
export function foldBreaks(breaks: string): string {
  if (!breaks.startsWith('\n')) return breaks
  return breaks === '\n' ? ' ' : breaks.slice(1)
}

/** Whether the line starts with `---` or `...` as a token of its own, which ends every scalar but a block. */
export function isDocumentIndicator(scanner: Scanner): boolean {
  if (columnOf(scanner) !== 0) return false
  const code = codeAt(scanner)
  if (code !== 0x2d && code !== 0x2e) return false
  return codeAt(scanner, 1) === code && codeAt(scanner, 2) === code && isBlankOrEnd(codeAt(scanner, 3))
}
