import { endCode, isBlank, isBlankOrEnd, isBreak } from './characters.ts'
import { type Cursor, codeAt, failAtLine, take, takeBreak } from './cursor.ts'
import { foldBreaks, isDocumentIndicator } from './line-folding.ts'

const quotes = { single: 0x27, double: 0x22 } as const

/**
 * Scans a scalar in single or double quotes, over several lines where it has such.
 * @throws {SyncError} SopsFileUnreadable
 */
export function scanQuotedScalar(cursor: Cursor, style: keyof typeof quotes): string {
  const quote = quotes[style]
  take(cursor, 1)
  let value = ''
  for (;;) {
    if (isDocumentIndicator(cursor)) throw failAtLine(cursor.line)
    const { content, isContinued } = takeContent(cursor, quote)
    value += content
    if (codeAt(cursor) === quote) break
    if (codeAt(cursor) === endCode) throw failAtLine(cursor.line)
    value += takeGap(cursor, isContinued)
  }
  take(cursor, 1)
  return value
}

/** Characters up to a blank or a break; `isContinued` where an escaped break ended the line. */
function takeContent(cursor: Cursor, quote: number): { content: string; isContinued: boolean } {
  let content = ''
  for (;;) {
    content += takeRun(cursor, quote)
    const code = codeAt(cursor)
    const next = codeAt(cursor, 1)
    if (code === quotes.single && quote === code && next === code) {
      content += take(cursor, 2).slice(1)
    } else if (code === 0x5c && quote === quotes.double) {
      if (isBreak(next)) {
        take(cursor, 1)
        takeBreak(cursor)
        return { content, isContinued: true }
      }
      content += takeEscape(cursor)
    } else {
      return { content, isContinued: false }
    }
  }
}

/** Characters that stand for themselves. */
function takeRun(cursor: Cursor, quote: number): string {
  let length = 0
  for (;;) {
    const code = codeAt(cursor, length)
    if (isBlankOrEnd(code) || code === quote) break
    if (code === 0x5c && quote === quotes.double) break
    length += 1
  }
  return length === 0 ? '' : take(cursor, length)
}

/** Blanks and breaks between two runs. After an escaped break neither counts, but for further breaks. */
function takeGap(cursor: Cursor, isContinued: boolean): string {
  let blanks = ''
  let breaks = ''
  for (;;) {
    const code = codeAt(cursor)
    if (isBreak(code)) breaks += takeBreak(cursor)
    else if (isBlank(code)) blanks += cursor.text[cursor.index++]
    else break
  }
  if (isContinued) return breaks
  return breaks === '' ? blanks : foldBreaks(breaks)
}

const named: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
}
const digitCounts: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 }

function takeEscape(cursor: Cursor): string {
  const letter = take(cursor, 2).slice(1)
  const length = digitCounts[letter]
  if (length === undefined) {
    const character = named[letter]
    if (character === undefined) throw failAtLine(cursor.line)
    return character
  }
  const digits = cursor.text.slice(cursor.index, cursor.index + length)
  const code = /^[\da-fA-F]+$/.test(digits) && digits.length === length ? Number.parseInt(digits, 16) : -1
  if (code < 0 || code > 0x10ffff || (code >= 0xd800 && code <= 0xdfff)) throw failAtLine(cursor.line)
  take(cursor, length)
  return String.fromCodePoint(code)
}
