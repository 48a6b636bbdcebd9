import { SyncError } from '../../../errors.ts'

/** The lines of a file, each with its line feed, and the comment that waits for its key or section. */
export interface IniReader {
  /** The next line; `null` at the end. */
  next(): string | null
  /** Adds to the comment. */
  addComment(text: string): void
  /** Takes the comment. */
  takeComment(): string
  /** The error for what is no INI; it names the line, from 1. */
  fail(): SyncError
}

export function createIniReader(text: string): IniReader {
  const lines = text.split(/(?<=\n)/)
  let position = 0
  let comment = ''
  return {
    next: () => lines[position++] ?? null,
    addComment(added) {
      comment += added
    },
    takeComment() {
      const taken = comment
      comment = ''
      return taken
    },
    fail: () => new SyncError('SopsFileUnreadable', { data: { line: Math.min(position, lines.length) } }),
  }
}
