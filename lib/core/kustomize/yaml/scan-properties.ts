import { isBlank, isBlankOrEnd, isBreakOrEnd, isWord } from './characters.ts'
import { createScanError, peek, pushToken, readBreak, type Scanner } from './scanner.ts'

/** Scans `&name` or `*name`. @throws {SyncError} the code of the source */
export function scanAnchor(scanner: Scanner, kind: 'anchor' | 'alias'): void {
  scanner.position += 1
  const start = scanner.position
  while (isWord(peek(scanner))) scanner.position += 1
  const after = peek(scanner)
  if (
    scanner.position === start ||
    !(isBlankOrEnd(after) || '?:,]}%@`'.includes(String.fromCharCode(after)))
  ) {
    throw createScanError(scanner, 'anchor or alias without a legal name')
  }
  pushToken(scanner, kind, { value: scanner.text.slice(start, scanner.position) })
}

const tagCharacters = /[\w;/?:@&=+$,.!~*'()[\]%-]*/y

/**
 * Scans a tag. Its value is the short form: `!` alone, `!!str`, `!custom`; a tag in angle brackets is shortened when
 * it names one of the standard types.
 * @throws {SyncError} the code of the source
 */
export function scanTag(scanner: Scanner): void {
  const verbatim = peek(scanner, 1) === 0x3c
  tagCharacters.lastIndex = scanner.position + (verbatim ? 2 : 0)
  const text = tagCharacters.exec(scanner.text)?.[0] ?? ''
  scanner.position = tagCharacters.lastIndex
  if (verbatim) {
    if (text === '' || peek(scanner) !== 0x3e) throw createScanError(scanner, 'tag without an end')
    scanner.position += 1
  }
  if (!isBlankOrEnd(peek(scanner))) throw createScanError(scanner, 'text right after a tag')
  if (text.includes('%')) throw createScanError(scanner, 'escape in a tag')
  if (!verbatim && /^![\w-]+!/.test(text)) throw createScanError(scanner, 'tag with an undefined handle')
  if (text === '!!') throw createScanError(scanner, 'tag without a name')
  pushToken(scanner, 'tag', { value: shortenTag(text) })
}

const standardPrefix = 'tag:yaml.org,2002:'

function shortenTag(tag: string): string {
  return tag.startsWith(standardPrefix) ? `!!${tag.slice(standardPrefix.length)}` : tag
}

/** Scans a `%` line. @throws {SyncError} the code of the source */
export function scanDirective(scanner: Scanner): void {
  while (!isBreakOrEnd(peek(scanner))) scanner.position += 1
  pushToken(scanner, 'directive')
  readBreak(scanner)
}

/** Steps over spaces, comments and line breaks up to the next token. */
export function scanToNextToken(scanner: Scanner): void {
  for (;;) {
    while (isSkippedBlank(scanner)) scanner.position += 1
    if (peek(scanner) === 0x23) scanComment(scanner)
    if (readBreak(scanner) === '') return
    if (scanner.flowLevel === 0) scanner.simpleKeyAllowed = true
  }
}

function scanComment(scanner: Scanner): void {
  scanner.commented = scanner.tokens.at(-1)
  while (!isBreakOrEnd(peek(scanner))) scanner.position += 1
}

/** Tabs are white space only where they cannot be taken for indentation. */
function isSkippedBlank(scanner: Scanner): boolean {
  const code = peek(scanner)
  return code === 0x20 || (isBlank(code) && (scanner.flowLevel > 0 || !scanner.simpleKeyAllowed))
}
