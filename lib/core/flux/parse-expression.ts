import { SyncError } from '../errors.ts'
import {
  createExpressionScanner,
  type ExpressionScanner,
  type ExpressionToken,
  peekCharacter,
  type ScanMode,
  scanExpression,
} from './expression-scanner.ts'

/** A part of a text: as it is, or a variable with what is done to its value. */
export type ExpressionPart = string | Expression

export interface Expression {
  readonly variable: string
  /** `''` for the bare variable, else an operator of the shell: `:-`, `^^`, `/`, `#` and so on. */
  readonly operator: string
  readonly arguments: readonly ExpressionPart[]
}

const depthLimit = 64

/**
 * The parts of a text with `${…}` in it, in the dialect of Flux.
 * @see https://github.com/fluxcd/pkg/blob/envsubst/v1.9.0/envsubst/parse/parse.go
 * @throws {SyncError} SubstitutionFailed
 */
export function parseExpressions(text: string): readonly ExpressionPart[] {
  const scanner = createExpressionScanner(text)
  const parts: ExpressionPart[] = []
  for (;;) {
    const token = scanExpression(scanner, { accept: () => true, opens: true, escapes: 'dollar' })
    if (token.kind === 'end') return parts
    parts.push(token.kind === 'text' ? token.text : parseExpression({ scanner, depth: 0 }))
  }
}

interface Parser {
  readonly scanner: ExpressionScanner
  readonly depth: number
}

const isNameCharacter = (character: string) => /^[\p{L}\p{Nd}_]$/u.test(character)
const isIn = (characters: string) => (character: string) => characters.includes(character)
const isNotIn = (characters: string) => (character: string) => !characters.includes(character)

function parseExpression({ scanner, depth }: Parser): Expression {
  if (depth > depthLimit) throw fail('nested too deeply')
  const parser = { scanner, depth }
  if (peekCharacter(scanner) === '#') return parseLength(parser)
  const variable = takeText(parser, { accept: isNameCharacter })
  const next = peekCharacter(scanner)
  switch (next) {
    case ':':
      if (/^[=?+-]/.test(peekCharacter(scanner, 1))) return parseDefault(parser, variable)
      return parseSubstring(parser, variable)
    case '=':
      return parseDefault(parser, variable)
    case ',':
    case '^': {
      const operator = takeText(parser, { accept: (character, at) => ',^'.includes(character) && at < 3 })
      return close(parser, { variable, operator, arguments: [] })
    }
    case '/':
      return parseReplace(parser, variable)
    case '#':
    case '%': {
      const operator = takeText(parser, { accept: (character, at) => character === next && at < 3 })
      const pattern = takeArgument(parser, { accept: isNotIn('}') })
      return close(parser, { variable, operator, arguments: [pattern] })
    }
    default:
      return close(parser, { variable, operator: '', arguments: [] })
  }
}

/** `${#name}` */
function parseLength(parser: Parser): Expression {
  const operator = takeText(parser, { accept: (character, at) => character === '#' && at === 1 })
  const variable = takeText(parser, { accept: isNameCharacter })
  return close(parser, { variable, operator, arguments: [] })
}

/** `${name:-word}`, also with `=`, `?` and `+`, all of which mean the same, and `${name=word}`. */
function parseDefault(parser: Parser, variable: string): Expression {
  const { scanner } = parser
  const isBare = peekCharacter(scanner) === '='
  const characters = isBare ? ['='] : [':', '=-?+']
  const accept = (character: string, at: number) => characters[at - 1]?.includes(character) === true
  const operator = takeText(parser, { accept })
  const words: ExpressionPart[] = []
  while (peekCharacter(scanner) !== '}') words.push(takeArgument(parser, { accept: isNotIn('}') }))
  return close(parser, { variable, operator, arguments: words })
}

/** `${name:offset}` and `${name:offset:length}` */
function parseSubstring(parser: Parser, variable: string): Expression {
  const operator = takeText(parser, { accept: (character, at) => character === ':' && at === 1 })
  // Flux loses its place before a character of several bytes.
  if (/[^\0-\x7f]/.test(peekCharacter(parser.scanner))) throw fail('offset expected')
  const offset = takeArgument(parser, { accept: isNotIn(':}') })
  const token = scanExpression(parser.scanner, { accept: isIn(':'), closes: true })
  if (token.kind === 'close') return { variable, operator, arguments: [offset] }
  if (token.kind !== 'text') throw fail('colon or brace expected')
  const length = takeArgument(parser, { accept: isNotIn('}') })
  return close(parser, { variable, operator, arguments: [offset, length] })
}

/** `${name/from/to}`, also with `//`, `/#` and `/%`. */
function parseReplace(parser: Parser, variable: string): Expression {
  const accept = (character: string, at: number) => at === 1 || (at === 2 && '/#%'.includes(character))
  const operator = takeText(parser, { accept })
  const from = takeArgument(parser, { accept: isNotIn('/'), escapes: 'all' })
  takeText(parser, { accept: isIn('/') })
  if (peekCharacter(parser.scanner) === '}') return close(parser, { variable, operator, arguments: [from] })
  const to = takeArgument(parser, { accept: isNotIn('}'), escapes: 'all' })
  return close(parser, { variable, operator, arguments: [from, to] })
}

function close({ scanner }: Parser, expression: Expression): Expression {
  if (scanExpression(scanner, { closes: true }).kind === 'close') return expression
  throw fail('brace expected')
}

function takeText({ scanner }: Parser, mode: ScanMode): string {
  return textOf(scanExpression(scanner, mode))
}

function takeArgument({ scanner, depth }: Parser, mode: ScanMode): ExpressionPart {
  const token = scanExpression(scanner, { ...mode, opens: true })
  return token.kind === 'open' ? parseExpression({ scanner, depth: depth + 1 }) : textOf(token)
}

function textOf(token: ExpressionToken): string {
  if (token.kind === 'text') return token.text
  throw fail('name, operator or word expected')
}

function fail(reason: string): SyncError {
  return new SyncError('SubstitutionFailed', { data: { reason } })
}
