import type { SyncError } from '../../errors.ts'
import { isBreak } from './characters.ts'
import type { CommentCollector } from './comment-collector.ts'
import type { SimpleKey } from './simple-keys.ts'
import { createToken, type Place, type Token, type TokenType } from './token.ts'

/** What the readers of YAML do each in their own way. */
export interface ScanOptions {
  /** The error for text that is not YAML; lines count from 0. */
  readonly fail: (reason: string, line: number) => SyncError
  /** Of nested lists and maps. */
  readonly maxDepth: number
  /** Where there is none, comments are skipped. */
  readonly comments?: CommentCollector
}

/** A place in a text that moves forward, and what the scanner knows there. */
export interface Scanner {
  /** Ends in NUL, so that no look ahead needs to ask for the length. */
  readonly text: string
  readonly options: ScanOptions
  readonly comments: CommentCollector | undefined
  index: number
  line: number
  lineStart: number
  readonly tokens: Token[]
  /** The keys that may be open, the innermost last. */
  readonly keys: SimpleKey[]
  /** Columns of the open blocks around the innermost. */
  readonly indents: number[]
  /** Column of the innermost open block, -1 outside. */
  indent: number
  flowLevel: number
  /** Whether a key, or the first key of a block, may start here. */
  mayStartKey: boolean
}

/** @param text is read up to the first NUL */
export function createScanner(text: string, options: ScanOptions): Scanner {
  return {
    text: `${text}\0`,
    options,
    comments: options.comments,
    index: 0,
    line: 0,
    lineStart: 0,
    tokens: [createToken('stream-start', { index: 0, line: 0 })],
    keys: [],
    indents: [],
    indent: -1,
    flowLevel: 0,
    mayStartKey: true,
  }
}

/** The character code `ahead` of here. */
export function codeAt(scanner: Scanner, ahead = 0): number {
  return scanner.text.charCodeAt(scanner.index + ahead)
}

export function columnOf(scanner: Scanner): number {
  return scanner.index - scanner.lineStart
}

export function placeOf(scanner: Scanner): Place {
  return { index: scanner.index, line: scanner.line }
}

/** Takes what a sticky expression matches here. */
export function takeMatch(scanner: Scanner, expression: RegExp): string {
  const start = scanner.index
  expression.lastIndex = start
  // What does not match resets the last index.
  if (!expression.test(scanner.text)) return ''
  scanner.index = expression.lastIndex
  return scanner.text.slice(start, scanner.index)
}

const blanks = /[ \t]*/y

/** Takes spaces and tabs. */
export function takeBlanks(scanner: Scanner): string {
  return takeMatch(scanner, blanks)
}

const line = /[^\0\n\r\u0085\u2028\u2029]*/y

/** Takes the rest of the line. */
export function takeLine(scanner: Scanner): string {
  return takeMatch(scanner, line)
}

/** Takes a line break: LF for CR, CR LF and NEL, LS and PS as they are, nothing where there is none. */
export function takeBreak(scanner: Scanner): string {
  const code = codeAt(scanner)
  if (!isBreak(code)) return ''
  scanner.index += code === 0x0d && codeAt(scanner, 1) === 0x0a ? 2 : 1
  scanner.line += 1
  scanner.lineStart = scanner.index
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
}

/** Adds a token that starts here. */
export function pushToken(scanner: Scanner, type: TokenType): void {
  scanner.tokens.push(createToken(type, scanner))
}

/** The error for text that is not YAML. */
export function failHere(scanner: Scanner, reason: string): SyncError {
  return scanner.options.fail(reason, scanner.line)
}
