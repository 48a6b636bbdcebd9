import { SyncError } from '../../lib/core/errors.ts'

/** A run of plain text, in single quotes, in double quotes, or one character behind a backslash. */
const piece = /([^\s'"\\]+)|'([^']*)'|"((?:[^"\\]|\\.)*)"|\\(.)/sy

/**
 * The words of a command line as sops splits it: quotes and backslashes as in a shell, and nothing else of one. A `#` at
 * the begin of a word starts a comment.
 * @throws {SyncError} SopsKeyInvalid where a quote is left open
 */
export function splitCommand(line: string): string[] {
  const words: string[] = []
  let offset = 0
  for (;;) {
    offset += /^\s*/.exec(line.slice(offset))?.[0].length ?? 0
    if (offset === line.length || line[offset] === '#') return words
    const { word, end } = takeWord(line, offset)
    words.push(word)
    offset = end
  }
}

function takeWord(line: string, start: number): { word: string; end: number } {
  let word = ''
  let end = start
  while (end < line.length && !/\s/.test(line.charAt(end))) {
    piece.lastIndex = end
    const match = piece.exec(line)
    if (!match) throw new SyncError('SopsKeyInvalid', { data: { reason: 'a quote is left open' } })
    const [, plain, single, double, escaped] = match
    word += plain ?? single ?? double?.replace(/\\(["\\])/g, '$1') ?? escaped ?? ''
    end = piece.lastIndex
  }
  return { word, end }
}
