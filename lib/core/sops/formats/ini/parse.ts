import { encodeRawText } from '../../raw-text.ts'
import { type Comment, createComment, createString, type Pair, type TreeMap } from '../../tree.ts'
import { trim, trimStart } from './blanks.ts'
import { createIniReader, type IniReader } from './reader.ts'
import { readValue } from './value.ts'

interface Section {
  readonly name: string
  comment: string
  /** In the order in which they were first met. */
  readonly keys: Map<string, { value: string; comment: string }>
  /** Keys named `-` so far, which get numbers for names. */
  unnamedKeys: number
}

/** The section of what stands above all others; it is always there. */
const defaultSection = 'DEFAULT'

/**
 * Reads an INI file by the grammar of go-ini: sections as maps, a section's comment as its first item, a key's comment
 * behind it. Sections of one name are kept apart; of keys of one name the last value counts, at the place of the first.
 * @throws {SyncError} SopsFileUnreadable with the line
 * @see https://github.com/go-ini/ini/blob/main/parser.go
 */
export function parseIni(text: string): TreeMap {
  const reader = createIniReader(text.replace(/^\ufeff/, ''))
  const sections = [createSection(defaultSection, '')]
  for (let line = reader.next(); line !== null; line = reader.next()) {
    const content = trimStart(line)
    if (content === '') continue
    if (/^[#;]/.test(content)) reader.addComment(content)
    else if (content.startsWith('[')) sections.push(readSection(reader, content))
    else readKey(reader, content, sections.at(-1))
  }
  return { type: 'map', items: sections.map(createItem) }
}

function createSection(name: string, comment: string): Section {
  return { name, comment, keys: new Map(), unnamedKeys: 0 }
}

function readSection(reader: IniReader, line: string): Section {
  const end = line.lastIndexOf(']')
  const name = line.slice(1, end)
  if (end === -1 || name === '') throw reader.fail()
  reader.addComment(/[#;].*/s.exec(line.slice(end + 1))?.[0] ?? '')
  return createSection(name, trim(reader.takeComment()))
}

function readKey(reader: IniReader, line: string, section = createSection(defaultSection, '')): void {
  const { name, rest } = splitKey(reader, line)
  if (name === '-') section.unnamedKeys += 1
  const key = name === '-' ? `#${section.unnamedKeys}` : name
  const value = readValue(reader, rest)
  section.keys.set(key, { value, comment: trim(reader.takeComment()) })
}

/** The name of a key, which quotes may hold, and what is behind the delimiter. */
function splitKey(reader: IniReader, line: string): { name: string; rest: string } {
  const quote = openingQuote(line)
  const closesAt = quote === '' ? 0 : line.indexOf(quote, quote.length)
  if (closesAt === -1) throw reader.fail()
  const searchFrom = closesAt + quote.length
  const delimiterAt = line.slice(searchFrom).search(/[=:]/)
  const name = quote === '' ? line.slice(0, Math.max(delimiterAt, 0)) : line.slice(quote.length, closesAt)
  if (delimiterAt === -1 || trim(name) === '') throw reader.fail()
  return { name: trim(name), rest: line.slice(searchFrom + delimiterAt + 1) }
}

function openingQuote(line: string): string {
  if (line.length > 6 && line.startsWith('"""')) return '"""'
  return /^["`]/.exec(line)?.[0] ?? ''
}

function createItem({ name, comment, keys }: Section): Pair {
  const items: (Pair | Comment)[] = listComment(comment)
  for (const [key, { value, comment: keyComment }] of keys) {
    items.push({ type: 'pair', key, value: createString(encodeRawText(value)) }, ...listComment(keyComment))
  }
  return { type: 'pair', key: name, value: { type: 'map', items } }
}

/** A comment of one line or more; only the first loses its mark. */
function listComment(comment: string): Comment[] {
  if (comment === '') return []
  return [createComment(encodeRawText(comment.replace(/^(?:;[; ]*|#[# ]*)/, '')))]
}
