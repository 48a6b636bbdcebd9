import { trim, trimEnd, trimStart } from './blanks.ts'
import type { IniReader } from './reader.ts'

/**
 * Reads a value, from the text behind the delimiter and, where it goes on, from further lines. A comment behind it is
 * added to that of the key.
 * @throws {SyncError} SopsFileUnreadable where a quote is not closed
 * @see https://github.com/go-ini/ini/blob/main/parser.go (readValue)
 */
export function readValue(reader: IniReader, text: string): string {
  const start = trimStart(text)
  const quote = openingQuote(start)
  if (quote !== '') return readQuoted(reader, start.slice(quote.length), quote)
  const line = trimEnd(start)
  if (line.endsWith('\\')) return readContinued(reader, line.slice(0, -1))
  const commentAt = line.search(/[#;]/)
  if (commentAt === -1) return unwrap(line)
  reader.addComment(line.slice(commentAt))
  return unwrap(trimEnd(line.slice(0, commentAt)))
}

function openingQuote(text: string): '"""' | '`' | '' {
  if (text.length > 3 && text.startsWith('"""')) return '"""'
  return text.startsWith('`') ? '`' : ''
}

/** Whatever follows the closing quote is dropped on the first line, and looked through for a comment on others. */
function readQuoted(reader: IniReader, rest: string, quote: string): string {
  const end = rest.lastIndexOf(quote)
  if (end !== -1) return rest.slice(0, end)
  let value = rest
  for (;;) {
    const line = reader.next()
    if (line === null) throw reader.fail()
    const closesAt = line.lastIndexOf(quote)
    const isContinued = trim(line.slice(closesAt + quote.length)).endsWith('\\')
    if (closesAt !== -1 && !isContinued) {
      const comment = /[#;].*/s.exec(line.slice(closesAt))?.[0] ?? ''
      reader.addComment(trim(comment))
      return value + line.slice(0, closesAt)
    }
    value += line
  }
}

/** Lines that end in a backslash go on with the next one, up to an empty line. */
function readContinued(reader: IniReader, start: string): string {
  const parts = [start]
  for (;;) {
    const line = trim(reader.next() ?? '')
    const isContinued = line.endsWith('\\')
    parts.push(isContinued ? line.slice(0, -1) : line)
    if (!isContinued) return parts.join('')
  }
}

/** Takes quotes off that stand around the value and nowhere else. */
function unwrap(text: string): string {
  const [quote = ''] = text
  const isWrapped =
    (quote === '"' || quote === "'") && text.length >= 2 && text.indexOf(quote, 1) === text.length - 1
  return isWrapped ? text.slice(1, -1) : text
}
