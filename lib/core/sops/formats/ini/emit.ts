import { SyncError } from '../../../errors.ts'
import { decodeRawText, encodeRawText } from '../../raw-text.ts'
import type { Branch, Comment, Pair, TreeMap, TreeNode } from '../../tree.ts'
import { formatFlatBytes } from '../flat/flat-value.ts'
import { trim } from './blanks.ts'
import { formatGoValue } from './go-value.ts'

/**
 * Sections as go-ini writes them: delimiters aligned within each section, an empty line between two.
 * @throws {SyncError} SopsOutputUnsupported where a value stands outside of a section, or a name is empty
 * @see https://github.com/go-ini/ini/blob/main/file.go (writeToBuffer)
 */
export function formatIni(branches: readonly Branch[]): Uint8Array {
  const sections = branches.flatMap(({ items }) => items).filter((item) => item.type === 'pair')
  return Buffer.concat(sections.flatMap((section, index) => formatSection(section, sections.length, index)))
}

function formatSection({ key: name, value }: Pair, count: number, index: number): Uint8Array[] {
  if (value.type !== 'map' || name === '') throw unsupported(name)
  const [first] = value.items
  const comment = first?.type === 'comment' ? formatComment(rawTextOf(first), (line) => line) : ''
  const keys = listKeys(value)
  const isTopLevel = index === 0 && name.toUpperCase() === 'DEFAULT'
  if (isTopLevel && keys.length === 0) return [encodeRawText(comment)]
  const header = isTopLevel ? '' : `[${name}]\n`
  const gap = index < count - 1 ? '\n' : ''
  return [encodeRawText(comment + header), ...formatKeys(keys), Buffer.from(gap)]
}

interface Key {
  readonly name: string
  value: Uint8Array
  comment: string
}

/** Of keys with one name the last value counts, at the place of the first; of comments behind a key, the last. */
function listKeys(section: TreeMap): Key[] {
  const keys = new Map<string, Key>()
  let last: Key | undefined
  for (const item of section.items) {
    if (item.type === 'comment') {
      if (last) last.comment = rawTextOf(item)
      continue
    }
    if (item.key === '') throw unsupported(item.key)
    last = keys.get(item.key) ?? { name: item.key, value: Buffer.of(), comment: '' }
    last.value = formatValue(item.value)
    keys.set(item.key, last)
  }
  return [...keys.values()]
}

function rawTextOf({ text, bytes }: Comment): string {
  return bytes ? decodeRawText(bytes) : text
}

function formatValue(value: TreeNode): Uint8Array {
  return formatFlatBytes(value) ?? Buffer.from(formatGoValue(value))
}

function formatKeys(keys: readonly Key[]): Uint8Array[] {
  const names = keys.map(({ name }) => quoteName(name))
  const width = Math.max(...names.map((name) => encodeRawText(name).length))
  return keys.flatMap(({ value, comment }, index) => {
    const name = names[index] ?? ''
    const padding = ' '.repeat(width - encodeRawText(name).length)
    const quote = quoteOf(Buffer.from(value).toString('utf8'))
    const start = `${formatComment(comment, trim)}${name}${padding} = ${quote}`
    return [encodeRawText(start), value, Buffer.from(`${quote}\n`)]
  })
}

function quoteName(name: string): string {
  if (/["=:]/.test(name)) return `\`${name}\``
  return name.includes('`') ? `"""${name}"""` : name
}

function quoteOf(value: string): string {
  if (/[\n`]/.test(value)) return '"""'
  if (/[#;]/.test(value)) return '`'
  return trim(value) === value ? '' : '"'
}

/** @throws {SyncError} SopsOutputUnsupported for an empty line, which go-ini cannot write either */
function formatComment(comment: string, prepare: (line: string) => string): string {
  if (comment === '') return ''
  const lines = comment.split('\n').map((line) => {
    if (line === '') throw unsupported('comment')
    return /^[#;]/.test(line) ? `${line[0]} ${trim(line.slice(1))}\n` : `; ${prepare(line)}\n`
  })
  return lines.join('')
}

function unsupported(name: string): SyncError {
  return new SyncError('SopsOutputUnsupported', { data: { format: 'ini', keyPath: name } })
}
