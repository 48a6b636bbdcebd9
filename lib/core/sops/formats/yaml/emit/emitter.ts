import { type CommentQueue, createCommentQueue } from './comment-queue.ts'
import { formatLiteralHeader, quoteDouble } from './scalar-text.ts'
import type { ScalarToken } from './scalar-token.ts'
import { createYamlWriter, type YamlWriter } from './writer.ts'

/** Where text and the comments among it go. */
export interface Emitter {
  readonly writer: YamlWriter
  readonly comments: CommentQueue
}

export function createEmitter(): Emitter {
  const writer = createYamlWriter()
  return { writer, comments: createCommentQueue(writer) }
}

/** Writes a scalar; its further lines start at `indent`. */
export function emitScalar(
  { writer, comments }: Emitter,
  { text, tag, style }: ScalarToken,
  indent: number,
): void {
  if (tag !== '') writer.token(tag)
  switch (style) {
    case 'plain':
      writer.token(text)
      break
    case 'double':
      writer.token(quoteDouble(text))
      break
    case 'single':
      writer.token("'")
      writer.continued(text.replaceAll("'", "''"), indent)
      writer.attach("'")
      break
    case 'literal':
      writer.token(formatLiteralHeader(text))
      comments.writeLine(indent)
      writer.block(text, indent)
      break
  }
}
