/**
 * Writes YAML text token by token. It keeps what go-yaml's emitter keeps of the open line, since that decides where
 * lines end, and where a space or a blank line goes.
 * @see https://github.com/yaml/go-yaml/blob/v3/emitterc.go
 */
export interface YamlWriter {
  /** Starts a line at this column, unless the open line has got no further. */
  startLine(indent: number): void
  /** A scalar, tag, or anything else that a space parts from what is before it. */
  token(text: string): void
  /** What follows without a space. */
  attach(text: string): void
  /** An opening bracket. */
  open(bracket: string): void
  /** `-`, `?` and the `:` of a long key: what they hold may start on the same line. */
  mark(indicator: string): void
  /** Text of a scalar; what follows a line break in it starts at `indent`. */
  continued(text: string, indent: number): void
  /** Text of a scalar on lines of its own, which start at `indent`. */
  block(text: string, indent: number): void
  /** A comment to the end of the line, and on further lines at `indent` where it has such. */
  comment(text: string, indent: number): void
  /** Has a blank line set off what comes next, if that starts at this column; -1 takes it back. */
  separate(indent: number): void
  text(): string
}

interface OpenLine {
  output: string
  column: number
  /** Whether a token may follow without a space. */
  afterBlank: boolean
  /** Whether it holds nothing but indentation and marks. */
  onlyIndented: boolean
  separatedIndent: number
}

export function createYamlWriter(): YamlWriter {
  const line: OpenLine = {
    output: '',
    column: 0,
    afterBlank: true,
    onlyIndented: true,
    separatedIndent: -1,
  }
  return {
    startLine: (indent) => startLine(line, indent),
    token: (text) => putToken(line, line.afterBlank ? text : ` ${text}`),
    attach: (text) => putToken(line, text),
    open(bracket) {
      putToken(line, line.afterBlank ? bracket : ` ${bracket}`)
      line.afterBlank = true
    },
    mark(indicator) {
      put(line, line.afterBlank ? indicator : ` ${indicator}`)
      line.afterBlank = false
    },
    continued: (text, indent) => putLines(line, text, { indent }),
    block(text, indent) {
      if (line.column > 0) putBreak(line, '\n')
      line.afterBlank = true
      putLines(line, text, { indent, startsLine: true })
    },
    comment: (text, indent) => putComment(line, text, indent),
    separate(indent) {
      line.separatedIndent = indent
    },
    text: () => line.output,
  }
}

function put(line: OpenLine, text: string): void {
  line.output += text
  line.column += text.length
}

function putToken(line: OpenLine, text: string): void {
  put(line, text)
  line.afterBlank = false
  line.onlyIndented = false
}

function putBreak(line: OpenLine, text: string): void {
  line.output += text
  line.column = 0
  line.onlyIndented = true
}

function startLine(line: OpenLine, indent: number): void {
  const start = Math.max(indent, 0)
  const hasContent = !line.onlyIndented || line.column > start
  if (hasContent || (line.column === start && !line.afterBlank)) putBreak(line, '\n')
  if (line.separatedIndent === start) putBreak(line, '\n')
  if (line.column < start) put(line, ' '.repeat(start - line.column))
  line.afterBlank = true
  line.separatedIndent = -1
}

/** Line breaks of YAML 1.1; all but LF occur only where a text has them. */
const breaks = /([\n\r\u0085\u2028\u2029])/

interface LinesOptions {
  readonly indent: number
  readonly startsLine?: boolean
  /** What a line gets that does not start with `#`. */
  readonly prefix?: string
}

function putLines(line: OpenLine, text: string, options: LinesOptions): void {
  const { indent, startsLine = false, prefix = '' } = options
  let isNewLine = startsLine
  for (const piece of text.split(breaks)) {
    if (breaks.test(piece)) {
      putBreak(line, piece)
      isNewLine = true
    } else if (piece !== '') {
      if (isNewLine) startLine(line, indent)
      put(line, piece.startsWith('#') ? piece : prefix + piece)
      line.onlyIndented = false
      isNewLine = false
    }
  }
}

function putComment(line: OpenLine, text: string, indent: number): void {
  if (!line.afterBlank) put(line, ' ')
  putLines(line, text, { indent, prefix: '# ' })
  if (line.column > 0) putBreak(line, '\n')
  line.afterBlank = true
}
