import type { Scanner } from './scanner.ts'
import type { Place } from './token.ts'

/** Takes the comments of a text, as go-yaml 3 does and neither libyaml nor go-yaml 2. */
export interface CommentCollector {
  /** Here start the blanks, breaks and comments between two tokens, or a document ends. */
  enterGap(scanner: Scanner): void
  /** Takes the comment that starts here, and further ones below it, up to the break behind the last. */
  takeLines(scanner: Scanner): void
  /** Here starts a token. */
  leaveGap(scanner: Scanner): void
  /** Index of the token that a comment behind the one that starts here belongs to. */
  ownerIndex(scanner: Scanner): number
  /** Takes the comment behind what was scanned last, if there is one on its line. */
  takeInline(scanner: Scanner, ownerIndex: number): void
  /** Where the innermost block ends, which is above the comments that stand at its own column. */
  findBlockEnd(scanner: Scanner): Place
}
