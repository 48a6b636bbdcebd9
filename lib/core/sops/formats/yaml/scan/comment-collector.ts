import { isBreak } from '../../../../yaml/scan/characters.ts'
import type { CommentCollector } from '../../../../yaml/scan/comment-collector.ts'
import { codeAt, placeOf, type Scanner } from '../../../../yaml/scan/scanner.ts'
import type { Place } from '../../../../yaml/scan/token.ts'
import { type ScannedComment, scanComments, scanLineComment } from './comments.ts'

/** A collector, and what it has taken so far. */
export interface CollectedComments extends CommentCollector {
  readonly comments: ScannedComment[]
}

/** @see https://github.com/yaml/go-yaml/blob/v3/scannerc.go (yaml_parser_fetch_next_token, yaml_parser_unroll_indent) */
export function createCommentCollector(): CollectedComments {
  const comments: ScannedComment[] = []
  let gapStart: Place = { index: 0, line: 0 }
  let blockEnd: Place = gapStart
  return {
    comments,
    enterGap(scanner) {
      gapStart = placeOf(scanner)
      blockEnd = { index: gapStart.index - 1, line: gapStart.line }
    },
    takeLines(scanner) {
      promoteLineComment(scanner, comments)
      comments.push(...scanComments(scanner, gapStart))
    },
    leaveGap: (scanner) => promoteLineComment(scanner, comments),
    ownerIndex,
    takeInline(scanner, index) {
      const comment = scanLineComment(scanner, index)
      if (comment) comments.push(comment)
    },
    findBlockEnd({ indent }) {
      blockEnd = findBlockEnd(comments, indent, blockEnd)
      return blockEnd
    },
  }
}

/** A comment behind a colon or comma belongs to what is before that. */
function ownerIndex(scanner: Scanner): number {
  const isJoint = codeAt(scanner) === (scanner.flowLevel === 0 ? 0x3a : 0x2c)
  return (isJoint ? scanner.tokens.at(-1) : undefined)?.index ?? scanner.index
}

/** Makes a comment behind the key of a list the head of its first item, or of the item's content. */
function promoteLineComment(scanner: Scanner, comments: readonly ScannedComment[]): void {
  const comment = comments.at(-1)
  if (comment?.kind !== 'line' || isBreak(codeAt(scanner))) return
  const { tokens, index, line } = scanner
  if (tokens.at(-1)?.type !== 'block-entry' || tokens.at(-2)?.type !== 'block-sequence-start') return
  comment.kind = 'head'
  if (comment.start.line === line - 1) comment.tokenIndex = index
}

function findBlockEnd(comments: readonly ScannedComment[], indent: number, latest: Place): Place {
  let end = latest
  let stopIndex = latest.index
  for (let at = comments.length - 1; at >= 0; at -= 1) {
    const comment = comments[at]
    if (!comment || comment.endIndex < stopIndex) break
    if (comment.start.column === indent + 1) end = comment.start
    stopIndex = comment.scanIndex
  }
  return end
}
