import { SyncError } from '../../errors.ts'
import { depthLimit } from '../budget.ts'
import { isBlankOrEnd } from './characters.ts'
import { scanBlockScalar } from './scan-block.ts'
import { scanPlainScalar } from './scan-plain.ts'
import { scanAnchor, scanDirective, scanTag, scanToNextToken } from './scan-properties.ts'
import { isDocumentIndicator, scanQuotedScalar } from './scan-quoted.ts'
import {
  columnOf,
  createScanError,
  createScanner,
  peek,
  pushToken,
  type Scanner,
  type Token,
  type TokenKind,
} from './scanner.ts'
import { isStillPossible, removeSimpleKey, saveSimpleKey } from './simple-keys.ts'
import type { YamlSource } from './source.ts'

/** Of one document; a Secret of the largest legal size has fewer. */
const tokensLimit = 500_000

/**
 * The tokens of a YAML text, as libyaml and its Go ports find them; the only YAML grammar that kustomize knows.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/scannerc.go
 * @throws {SyncError} the code of `source`
 */
export function scanTokens(text: string, source: YamlSource): readonly Token[] {
  const scanner = createScanner(text, source)
  while (scanner.tokens.at(-1)?.kind !== 'stream-end') {
    if (scanner.tokens.length > tokensLimit) {
      throw new SyncError('KustomizeTooLarge', { data: { file: source.file, tokensLimit } })
    }
    scanToken(scanner)
  }
  return scanner.tokens
}

function scanToken(scanner: Scanner): void {
  scanToNextToken(scanner)
  unrollIndent(scanner, columnOf(scanner))
  const code = peek(scanner)
  if (code === 0) scanStreamEnd(scanner)
  else if (columnOf(scanner) === 0 && code === 0x25) atLineStart(scanner, scanDirective)
  else if (isDocumentIndicator(scanner)) atLineStart(scanner, scanDocumentIndicator)
  else chooseScan(scanner, String.fromCharCode(code))(scanner)
}

type Scan = (scanner: Scanner) => void

const scanPlain: Scan = (scanner) => scanProperty(scanner, scanPlainScalar)

/** What the indicators mean wherever they stand. */
const scans: Readonly<Record<string, Scan>> = {
  '[': (scanner) => startFlow(scanner, 'flow-sequence-start'),
  '{': (scanner) => startFlow(scanner, 'flow-mapping-start'),
  ']': (scanner) => endFlow(scanner, 'flow-sequence-end'),
  '}': (scanner) => endFlow(scanner, 'flow-mapping-end'),
  ',': (scanner) => scanFlowEntry(scanner),
  '&': (scanner) => scanProperty(scanner, () => scanAnchor(scanner, 'anchor')),
  '*': (scanner) => scanProperty(scanner, () => scanAnchor(scanner, 'alias')),
  '!': (scanner) => scanProperty(scanner, scanTag),
  "'": (scanner) => scanProperty(scanner, () => scanQuotedScalar(scanner, 'single')),
  '"': (scanner) => scanProperty(scanner, () => scanQuotedScalar(scanner, 'double')),
  '%': refuse,
  '@': refuse,
  '`': refuse,
  '\t': refuse,
}

function chooseScan(scanner: Scanner, indicator: string): Scan {
  const inBlock = scanner.flowLevel === 0
  const beforeBlank = isBlankOrEnd(peek(scanner, 1))
  switch (indicator) {
    case '|':
      return inBlock ? () => startBlockScalar(scanner, 'literal') : refuse
    case '>':
      return inBlock ? () => startBlockScalar(scanner, 'folded') : refuse
    case '-':
      return beforeBlank ? scanBlockEntry : scanPlain
    case '?':
      return beforeBlank || !inBlock ? scanKey : scanPlain
    case ':':
      return beforeBlank || !inBlock ? scanValue : scanPlain
    default:
      return scans[indicator] ?? scanPlain
  }
}

function refuse(scanner: Scanner): never {
  throw createScanError(scanner, 'character that cannot start a token')
}

/** Scans what may itself be a key, after which no other key may start. */
function scanProperty(scanner: Scanner, scan: Scan): void {
  saveSimpleKey(scanner)
  scanner.simpleKeyAllowed = false
  scan(scanner)
}

function startBlockScalar(scanner: Scanner, style: 'literal' | 'folded'): void {
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = true
  scanBlockScalar(scanner, style)
}

function atLineStart(scanner: Scanner, scan: Scan): void {
  unrollIndent(scanner, -1)
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = false
  scan(scanner)
}

function scanDocumentIndicator(scanner: Scanner): void {
  const kind = peek(scanner) === 0x2d ? 'document-start' : 'document-end'
  scanner.position += 3
  pushToken(scanner, kind)
}

function scanStreamEnd(scanner: Scanner): void {
  assertKeptLinesAreLast(scanner)
  unrollIndent(scanner, -1)
  removeSimpleKey(scanner)
  pushToken(scanner, 'stream-end')
}

/**
 * When kustomize writes a document, a comment at its end adds a line to the blank ones that `|+` keeps before it.
 */
function assertKeptLinesAreLast(scanner: Scanner): void {
  const last = scanner.tokens.findLast(({ kind }) => kind !== 'block-end')
  if (scanner.source.dialect === 'v2') return
  const isBlock = last?.kind === 'literal' || last?.kind === 'folded'
  if (isBlock && last === scanner.commented && /^\n$|\n\n$/.test(last.value)) {
    throw createScanError(scanner, 'comment after blank lines that are kept')
  }
}

function startFlow(scanner: Scanner, kind: TokenKind): void {
  saveSimpleKey(scanner)
  scanner.simpleKeys.push(undefined)
  scanner.flowLevel += 1
  if (scanner.flowLevel > depthLimit) throw createScanError(scanner, 'nested too deeply')
  scanner.simpleKeyAllowed = true
  consume(scanner, kind)
}

function endFlow(scanner: Scanner, kind: TokenKind): void {
  removeSimpleKey(scanner)
  if (scanner.flowLevel > 0) {
    scanner.flowLevel -= 1
    scanner.simpleKeys.pop()
  }
  scanner.simpleKeyAllowed = false
  consume(scanner, kind)
}

function scanFlowEntry(scanner: Scanner): void {
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = true
  consume(scanner, 'flow-entry')
}

function scanBlockEntry(scanner: Scanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.simpleKeyAllowed) throw createScanError(scanner, 'list entry where none is allowed')
    rollIndent(scanner, here(scanner), 'block-sequence-start')
  }
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = true
  consume(scanner, 'block-entry')
}

function scanKey(scanner: Scanner): void {
  if (scanner.flowLevel === 0) {
    if (!scanner.simpleKeyAllowed) throw createScanError(scanner, 'key where none is allowed')
    rollIndent(scanner, here(scanner), 'block-mapping-start')
  }
  removeSimpleKey(scanner)
  scanner.simpleKeyAllowed = scanner.flowLevel === 0
  consume(scanner, 'key')
}

function scanValue(scanner: Scanner): void {
  const key = scanner.simpleKeys.at(-1)
  if (key && isStillPossible(scanner, key)) {
    insertToken(scanner, key.tokenIndex, 'key')
    rollIndent(scanner, key, 'block-mapping-start')
    scanner.simpleKeys[scanner.simpleKeys.length - 1] = undefined
    scanner.simpleKeyAllowed = false
  } else {
    if (scanner.flowLevel === 0) {
      if (!scanner.simpleKeyAllowed) throw createScanError(scanner, 'mapping value where none is allowed')
      rollIndent(scanner, here(scanner), 'block-mapping-start')
    }
    scanner.simpleKeyAllowed = scanner.flowLevel === 0
  }
  consume(scanner, 'value')
}

function consume(scanner: Scanner, kind: TokenKind): void {
  scanner.position += 1
  pushToken(scanner, kind)
}

function insertToken(scanner: Scanner, index: number, kind: TokenKind): void {
  scanner.tokens.splice(index, 0, { kind, value: '', line: scanner.line })
}

/** Where a collection starts: its column, and the token to put its start before. */
interface Start {
  readonly column: number
  readonly tokenIndex: number
}

function here(scanner: Scanner): Start {
  return { column: columnOf(scanner), tokenIndex: scanner.tokens.length }
}

function rollIndent(scanner: Scanner, start: Start, kind: TokenKind): void {
  if (scanner.flowLevel > 0 || scanner.indent >= start.column) return
  scanner.indents.push(scanner.indent)
  if (scanner.indents.length > depthLimit) throw createScanError(scanner, 'nested too deeply')
  scanner.indent = start.column
  insertToken(scanner, start.tokenIndex, kind)
}

function unrollIndent(scanner: Scanner, column: number): void {
  if (scanner.flowLevel > 0) return
  while (scanner.indent > column) {
    pushToken(scanner, 'block-end')
    scanner.indent = scanner.indents.pop() ?? -1
  }
}
