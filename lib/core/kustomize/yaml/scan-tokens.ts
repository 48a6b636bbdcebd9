import { SyncError } from '../../errors.ts'
import { scanToken } from '../../yaml/scan/scan-token.ts'
import { createScanner } from '../../yaml/scan/scanner.ts'
import type { Token } from '../../yaml/scan/token.ts'
import { depthLimit } from '../budget.ts'
import { createSourceError, type YamlSource } from './source.ts'

/** Of one document; a Secret of the largest legal size has fewer. */
const tokensLimit = 500_000

/**
 * The tokens of a YAML text without its comments, alike in both dialects.
 * @throws {SyncError} the code of `source`; KustomizeTooLarge for a text of too many tokens
 */
export function scanTokens(text: string, source: YamlSource): readonly Token[] {
  const fail = (reason: string, line: number) => createSourceError(source, reason, { line: line + 1 })
  const scanner = createScanner(text, { fail, maxDepth: depthLimit })
  const { tokens } = scanner
  let lastEnd = 0
  while (tokens[tokens.length - 1]?.type !== 'stream-end') {
    if (tokens.length > tokensLimit) {
      throw new SyncError('KustomizeTooLarge', { data: { file: source.file, tokensLimit } })
    }
    lastEnd = scanner.index
    scanToken(scanner)
  }
  const isCommented = text.includes('#', lastEnd)
  if (isCommented && source.dialect === 'v3' && endsInKeptLine(tokens)) {
    throw fail('comment after blank lines that are kept', scanner.line)
  }
  return tokens
}

/**
 * Whether a document ends in blank lines that `|+` keeps. When kustomize writes it, a comment below adds another.
 */
function endsInKeptLine(tokens: readonly Token[]): boolean {
  const last = tokens.findLast(({ type }) => type !== 'block-end' && type !== 'stream-end')
  const isBlock = last?.type === 'literal' || last?.type === 'folded'
  return isBlock && /^\n$|\n\n$/.test(last.value)
}
