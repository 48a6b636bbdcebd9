import { SyncError } from '../../lib/core/errors.ts'
import { createScanner, type Scanner, type ScanOptions } from '../../lib/core/yaml/scan/scanner.ts'

/** A scanner at the start of a text, which fails with the reason and the line. */
export function createTestScanner(text: string, options: Partial<ScanOptions> = {}): Scanner {
  const fail = (reason: string, line: number) => new SyncError('ManifestInvalid', { data: { reason, line } })
  return createScanner(text, { fail, maxDepth: 1000, ...options })
}

/** What a step makes of a text, and where it leaves the scanner. */
export function scanText<Result>(
  text: string,
  step: (scanner: Scanner) => Result,
  state: Partial<Scanner> = {},
): { result: Result; scanner: Scanner; rest: string } {
  const scanner = Object.assign(createTestScanner(text), state)
  const result = step(scanner)
  return { result, scanner, rest: text.slice(scanner.index) }
}
