import { scanToken } from '../../../../yaml/scan/scan-token.ts'
import { createScanner } from '../../../../yaml/scan/scanner.ts'
import { isOpenKey } from '../../../../yaml/scan/simple-keys.ts'
import type { Token } from '../../../../yaml/scan/token.ts'
import { failAtLine } from '../parse/fail-at-line.ts'
import { createCommentCollector } from './comment-collector.ts'
import type { ScannedComment } from './comments.ts'

/** Deeper than any file that people write, and safe for the stack; go-yaml allows ten times as much. */
const maxDepth = 1000

/** Takes the place of a comment that was met, so that the scanner leaves it alone. */
const metComment: ScannedComment = {
  kind: 'head',
  text: '',
  tokenIndex: 0,
  start: { index: 0, line: 0, column: 0 },
  scanIndex: 0,
  endIndex: 0,
}

/** Comments that were met and not yet given to a node; their lines start with `#`, and there may be empty ones. */
export interface MetComments {
  head: string
  line: string
  foot: string
}

/** Tokens one by one, and the comments met on the way. */
export interface TokenStream {
  /** @throws {SyncError} SopsFileUnreadable with the line */
  peek(): Token
  skip(): void
  /** For the parser to take from. */
  readonly met: MetComments
}

/**
 * Tokens of a text. As with go-yaml, three are scanned before the first is shown, and as many more as it takes to
 * know whether that starts a key: this decides where comments go.
 * @see https://github.com/yaml/go-yaml/blob/v3/parserc.go (peek_token, yaml_parser_unfold_comments)
 */
export function createTokenStream(text: string): TokenStream {
  const collector = createCommentCollector()
  const scanner = createScanner(text, { fail: (_, line) => failAtLine(line), maxDepth, comments: collector })
  const { tokens } = scanner
  const { comments } = collector
  const met: MetComments = { head: '', line: '', foot: '' }
  let position = 0
  let nextComment = 0

  const hasLookahead = () => position < tokens.length - 2 && !isOpenKey(scanner, position)
  const isScanned = () => tokens.at(-1)?.type === 'stream-end'
  const meetComments = (token: Token) => {
    for (; nextComment < comments.length; nextComment += 1) {
      const comment = comments[nextComment]
      if (!comment || token.index < comment.tokenIndex) return
      if (comment.kind === 'head' && token.type === 'block-end') return
      met[comment.kind] += (met[comment.kind] === '' ? '' : '\n') + comment.text
      comments[nextComment] = metComment
    }
  }
  return {
    peek() {
      while (!hasLookahead() && !isScanned()) scanToken(scanner)
      const token = tokens[position]
      if (!token) throw failAtLine(scanner.line)
      meetComments(token)
      return token
    },
    skip() {
      position += 1
    },
    met,
  }
}
