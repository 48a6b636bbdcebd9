import type { SyncError } from '../../errors.ts'
import { isBreak } from './characters.ts'
import { createSourceError, type YamlSource } from './source.ts'

export type TokenKind =
  | 'stream-end'
  | 'directive'
  | 'document-start'
  | 'document-end'
  | 'block-sequence-start'
  | 'block-mapping-start'
  | 'block-end'
  | 'flow-sequence-start'
  | 'flow-sequence-end'
  | 'flow-mapping-start'
  | 'flow-mapping-end'
  | 'block-entry'
  | 'flow-entry'
  | 'key'
  | 'value'
  | 'alias'
  | 'anchor'
  | 'tag'
  | 'plain'
  | 'double'
  | 'single'
  | 'literal'
  | 'folded'

export interface Token {
  readonly kind: TokenKind
  /** Text of a scalar, name of an anchor, resolved short form of a tag. */
  readonly value: string
  /** Counted from 0. */
  readonly line: number
}

/** A token that turns out to be a key when a `:` follows. */
export interface SimpleKey {
  readonly required: boolean
  readonly tokenIndex: number
  readonly position: number
  readonly line: number
  readonly column: number
}

/** The state of a scan over `text`, which ends in a NUL. */
export interface Scanner {
  readonly text: string
  readonly source: YamlSource
  position: number
  line: number
  lineStart: number
  indent: number
  readonly indents: number[]
  flowLevel: number
  simpleKeyAllowed: boolean
  /** One for each flow level, the block level first. */
  readonly simpleKeys: (SimpleKey | undefined)[]
  readonly tokens: Token[]
  /** The token that the last comment follows. */
  commented: Token | undefined
}

export function createScanner(text: string, source: YamlSource): Scanner {
  return {
    text: `${text}\0`,
    source,
    position: 0,
    line: 0,
    lineStart: 0,
    indent: -1,
    indents: [],
    flowLevel: 0,
    simpleKeyAllowed: true,
    simpleKeys: [undefined],
    tokens: [],
    commented: undefined,
  }
}

/** The character at the cursor, or `ahead` of it. */
export function peek(scanner: Scanner, ahead = 0): number {
  return scanner.text.charCodeAt(scanner.position + ahead)
}

export function columnOf(scanner: Scanner): number {
  return scanner.position - scanner.lineStart
}

/** Steps over a line break and returns it as YAML reads it: a line feed but for U+2028 and U+2029. */
export function readBreak(scanner: Scanner): string {
  const code = peek(scanner)
  if (!isBreak(code)) return ''
  scanner.position += code === 0x0d && peek(scanner, 1) === 0x0a ? 2 : 1
  scanner.line += 1
  scanner.lineStart = scanner.position
  return code === 0x2028 || code === 0x2029 ? String.fromCharCode(code) : '\n'
}

export function pushToken(
  scanner: Scanner,
  kind: TokenKind,
  scalar?: { value: string; line?: number },
): void {
  scanner.tokens.push({ kind, value: scalar?.value ?? '', line: scalar?.line ?? scanner.line })
}

export function createScanError(scanner: Scanner, reason: string, line = scanner.line): SyncError {
  return createSourceError(scanner.source, reason, { line: line + 1 })
}
