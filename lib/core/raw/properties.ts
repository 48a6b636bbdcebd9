import { SyncError } from '../errors.ts'

/** One line as the grammar sees it: continued lines joined, comments and blank lines left out. */
interface LogicalLine {
  readonly text: string
  /** Of its first line in the file, from 1. */
  readonly number: number
}

const lineEnds = /\r\n|[\r\n]/
const lastLineEnd = /(?:\r\n|[\r\n])$/
const leadingSpace = /^[ \t\f]*/
const escapes: Readonly<Record<string, string>> = { t: '\t', n: '\n', r: '\r', f: '\f' }

/**
 * A `.properties` file as Java reads it: `=`, `:` or white space ends a key; a backslash escapes, and continues a line;
 * `\uXXXX` is one UTF-16 unit; `#` and `!` begin a comment. Of a key that comes twice, the last counts.
 * @throws {SyncError} RawFileInvalid for an escape that is no `\uXXXX`, and for half a surrogate pair; it quotes neither
 * @see https://docs.oracle.com/en/java/javase/17/docs/api/java.base/java/util/Properties.html#load(java.io.Reader)
 */
export function parseProperties(text: string, file: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  for (const { text: line, number } of listLogicalLines(text)) {
    const invalid = () => new SyncError('RawFileInvalid', { data: { file, line: number } })
    const [key, value] = splitLine(line).map((part) => decodeEscapes(part, invalid))
    if (key !== undefined && value !== undefined) values.set(key, value)
  }
  return values
}

function listLogicalLines(text: string): LogicalLine[] {
  const lines: LogicalLine[] = []
  let continued: LogicalLine | null = null
  for (const [index, written] of text.replace(lastLineEnd, '').split(lineEnds).entries()) {
    const part = written.replace(leadingSpace, '')
    // What continues a line is no comment, and blank it ends the line; but a line that is empty so far is none yet.
    if (!continued?.text && (part === '' || part.startsWith('#') || part.startsWith('!'))) {
      continued = null
      continue
    }
    const isContinued = /(?:^|[^\\])(?:\\\\)*\\$/.test(part)
    const line: LogicalLine = {
      text: (continued?.text ?? '') + (isContinued ? part.slice(0, -1) : part),
      number: continued?.number ?? index + 1,
    }
    continued = isContinued ? line : null
    if (!isContinued) lines.push(line)
  }
  // A backslash at the very end continues nothing, but it is a line: of an empty key, where it stands alone.
  return continued ? [...lines, continued] : lines
}

/** Key and value, both still escaped. */
function splitLine(line: string): readonly [key: string, value: string] {
  const [key = ''] = /^(?:\\.|[^\\=: \t\f])*\\?/s.exec(line) ?? []
  return [key, line.slice(key.length).replace(/^[ \t\f]*[=:]?[ \t\f]*/, '')]
}

function decodeEscapes(part: string, invalid: () => SyncError): string {
  const text = part.replaceAll(/\\(u[0-9A-Fa-f]{4}|.|$)/gs, (_, escaped: string) => {
    if (escaped.length === 5) return String.fromCharCode(Number.parseInt(escaped.slice(1), 16))
    if (escaped === 'u') throw invalid()
    return escapes[escaped] ?? escaped
  })
  if (!text.isWellFormed()) throw invalid()
  return text
}
