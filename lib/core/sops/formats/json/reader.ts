import { SyncError } from '../../../errors.ts'

/** Reads JSON tokens one after another; blanks before a token are skipped. */
export interface JsonReader {
  /** The next character, not consumed; empty at the end. */
  peek(): string
  /** Consumes `character` if it is next. */
  accept(character: string): boolean
  /** @throws {SyncError} SopsFileUnreadable where it is not next */
  expect(character: string): void
  readString(): string
  readNumber(): string
  readWord<Value>(word: string, value: Value): Value
  fail(): SyncError
}

const blanks = /[ \t\r\n]*/y
const number = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/y
/** What ends a run of plain characters in a string; control characters are not allowed there. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for
const special = /["\\\u0000-\u001f]/g
const escapeSequence = /\\(?:u([0-9a-fA-F]{4})|(["\\/bfnrt]))/y
const escapes: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }

/** @throws {SyncError} SopsFileUnreadable, with the offset, from every method that finds something else */
export function createJsonReader(text: string): JsonReader {
  let offset = 0
  const fail = () => new SyncError('SopsFileUnreadable', { data: { offset } })
  const take = (pattern: RegExp) => {
    pattern.lastIndex = offset
    const match = pattern.exec(text)
    if (!match) throw fail()
    offset = pattern.lastIndex
    return match
  }
  const peek = () => {
    take(blanks)
    return text.charAt(offset)
  }
  const accept = (character: string) => {
    const found = peek() === character
    if (found) offset += 1
    return found
  }
  const expect = (character: string) => {
    if (!accept(character)) throw fail()
  }
  const readEscape = () => {
    const [, hex, character = ''] = take(escapeSequence)
    return hex === undefined
      ? (escapes[character] ?? character)
      : String.fromCharCode(Number.parseInt(hex, 16))
  }
  const readString = () => {
    expect('"')
    let content = ''
    for (;;) {
      special.lastIndex = offset
      const end = special.exec(text)?.index ?? text.length
      content += text.slice(offset, end)
      offset = end
      if (text[end] !== '\\') break
      content += readEscape()
    }
    if (text[offset] !== '"') throw fail()
    offset += 1
    return content.toWellFormed()
  }
  const readWord = <Value>(word: string, value: Value) => {
    if (!text.startsWith(word, offset)) throw fail()
    offset += word.length
    return value
  }
  return { peek, accept, expect, readString, readNumber: () => take(number)[0], readWord, fail }
}
