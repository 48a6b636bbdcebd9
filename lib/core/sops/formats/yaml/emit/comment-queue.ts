import type { YamlWriter } from './writer.ts'

/**
 * Comments that wait for the place where go-yaml writes their kind. Of each kind one waits at a time: a later one
 * takes its place, and one that finds no place in its container ends up further down, as with go-yaml.
 */
export interface CommentQueue {
  /** Comments that are empty change nothing. */
  add(comments: QueuedComments): void
  /** Writes, each on its lines, the tail and then the head. */
  writeHead(indent: number): void
  /** Writes the line comment behind what is on the line. */
  writeLine(indent: number): void
  writeFoot(indent: number): void
  /** Sets a line comment that found no place yet aside at a key, for its value. */
  holdLine(): void
  /** Gives a scalar value the comment set aside, if it has none itself; writes it above a container. */
  releaseLine(isScalar: boolean, indent: number): void
}

export interface QueuedComments {
  /** Above what comes next. */
  readonly head?: string
  /** Behind what comes next. */
  readonly line?: string
  /** Below a list item. */
  readonly foot?: string
  /** Below the last pair of a map. */
  readonly tail?: string
}

export function createCommentQueue(writer: YamlWriter): CommentQueue {
  const waiting = { head: '', line: '', foot: '', tail: '', held: '' }

  const take = (kind: keyof typeof waiting) => {
    const text = waiting[kind]
    waiting[kind] = ''
    return text
  }
  const writeLines = (text: string, indent: number) => {
    writer.startLine(indent)
    writer.comment(text, indent)
  }
  return {
    add({ head, line, foot, tail }) {
      waiting.head = head || waiting.head
      waiting.line = line || waiting.line
      waiting.foot = foot || waiting.foot
      waiting.tail = tail || waiting.tail
    },
    writeHead(indent) {
      const tail = take('tail')
      if (tail !== '') {
        writeLines(tail, indent)
        writer.separate(Math.max(indent, 0))
      }
      const head = take('head')
      if (head !== '') writeLines(head, indent)
    },
    writeLine(indent) {
      const line = take('line')
      if (line !== '') writer.comment(line, indent)
    },
    holdLine() {
      waiting.held = take('line') || waiting.held
    },
    releaseLine(isScalar, indent) {
      if (isScalar && waiting.line === '') waiting.line = take('held')
      if (isScalar) return
      const held = take('held')
      if (held !== '') writer.comment(held, indent)
    },
    writeFoot(indent) {
      const foot = take('foot')
      if (foot === '') return
      writeLines(foot, indent)
      writer.separate(Math.max(indent, 0))
    },
  }
}
