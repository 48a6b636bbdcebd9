import { SyncError } from '../../../errors.ts'

/** Of all values; variables that expand each other double with each line. */
const lengthLimit = 4 * 1024 * 1024

/**
 * The variables of a `.env` file, in the grammar of the library that KSOPS uses; it is not the grammar of kustomize's
 * own `envs`. The last of two equal keys wins.
 * @param file for errors
 * @see https://github.com/joho/godotenv/blob/v1.5.1/parser.go
 * @throws {SyncError} KustomizationInvalid with file and line; also where an unknown variable is expanded, which the
 * library takes for empty text or, in later versions, from the environment of its process
 */
export function parseGodotenv(text: string, file: string): ReadonlyMap<string, string> {
  const source: Source = { text: text.replaceAll('\r\n', '\n'), at: 0, file, variables: new Map(), length: 0 }
  while (skipToStatement(source)) {
    const key = takeKey(source)
    const value = takeValue(source)
    source.length += value.length
    if (source.length > lengthLimit) throw new SyncError('KustomizeTooLarge', { data: { file, lengthLimit } })
    source.variables.set(key, value)
  }
  return source.variables
}

interface Source {
  readonly text: string
  at: number
  readonly file: string
  readonly variables: Map<string, string>
  /** Of all values so far. */
  length: number
}

/** Takes what matches the sticky expression; `null` where it does not match here. */
function take(source: Source, expression: RegExp): string | null {
  expression.lastIndex = source.at
  const match = expression.exec(source.text)
  if (match === null) return null
  source.at += match[0].length
  return match[1] ?? match[0]
}

/** Go's `unicode.IsSpace`: U+0085 counts, the byte order mark does not. */
const whiteSpace = /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]*/y
const comment = /#[^\n]*/y

function skipToStatement(source: Source): boolean {
  do take(source, whiteSpace)
  while (take(source, comment) !== null)
  return source.at < source.text.length
}

const exportWord = /export[\t\v\f\r \u0085\u00a0]+/y
const keyWithSeparator = /([\w.\t\v\f\r \u0085\u00a0]*)[=:][\t\v\f\r \u0085\u00a0]*/y

function takeKey(source: Source): string {
  take(source, exportWord)
  const key = trimBlanks(take(source, keyWithSeparator) ?? '')
  if (key === '') throw fail(source, 'KEY=VALUE expected')
  return key
}

const restOfLine = /[^\n\r]*/y
const singleQuoted = /'.*?(?<!\\)'/sy
const doubleQuoted = /".*?(?<!\\)"/sy

function takeValue(source: Source): string {
  switch (source.text.charAt(source.at)) {
    case "'":
      return takeQuoted(source, singleQuoted).replace(/^'+|'+$/g, '')
    case '"':
      return expandVariables(expandEscapes(takeQuoted(source, doubleQuoted).replace(/^"+|"+$/g, '')), source)
    default:
      return expandVariables(removeComment(take(source, restOfLine) ?? ''), source)
  }
}

function takeQuoted(source: Source, quoted: RegExp): string {
  const text = take(source, quoted)
  if (text === null) throw fail(source, 'quote that is not closed')
  return text
}

/** A comment starts at the last `#` after a blank, not at the first; a `#` before all else is part of the value. */
function removeComment(line: string): string {
  return trimBlanks(/^(.*[\t\v\f\r \u0085\u00a0])#/s.exec(line)?.[1] ?? line)
}

/** A regular expression would take quadratic time over long runs of blanks. */
function trimBlanks(text: string): string {
  const isBlank = (at: number) => '\t\v\f\r \u0085\u00a0'.includes(text.charAt(at))
  let [start, end] = [0, text.length]
  while (start < end && isBlank(start)) start += 1
  while (end > start && isBlank(end - 1)) end -= 1
  return text.slice(start, end)
}

const lineBreaks = new Map([
  ['\\n', '\n'],
  ['\\r', '\r'],
])

function expandEscapes(text: string): string {
  return text.replace(/\\[^\n]/gu, (found) => lineBreaks.get(found) ?? found).replace(/\\([^$])/gu, '$1')
}

function expandVariables(text: string, source: Source): string {
  return text.replace(/(\\)?\$\(?\{?([A-Z0-9_]+)?\}?/g, (match, backslash, name) => {
    if (backslash !== undefined) return match.slice(1)
    if (name === undefined) return match
    const value = source.variables.get(name)
    // The name is not told: what looks like a variable may be part of a secret.
    if (value === undefined) throw fail(source, 'unknown variable')
    return value
  })
}

function fail({ text, at, file }: Source, reason: string): SyncError {
  const line = text.slice(0, at).split('\n').length
  return new SyncError('KustomizationInvalid', { data: { file, line, reason } })
}
