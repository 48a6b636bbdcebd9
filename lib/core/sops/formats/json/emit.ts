import { SyncError } from '../../../errors.ts'
import { decodeRawText } from '../../raw-text.ts'
import type { Pair, Scalar, TreeMap, TreeNode } from '../../tree.ts'

/**
 * A value as sops prints it: indented by tabs, comments left out.
 * @throws {SyncError} SopsOutputUnsupported for an infinity or a NaN, which JSON has no text for
 */
export function formatJson(node: TreeNode, indent = ''): string {
  switch (node.type) {
    case 'map':
      return formatItems(
        ['{', '}'],
        indent,
        pairsOf(node).map((pair) => formatPair(pair, `${indent}\t`)),
      )
    case 'list':
      return formatItems(
        ['[', ']'],
        indent,
        node.items.filter((item) => item.type !== 'comment').map((item) => formatJson(item, `${indent}\t`)),
      )
    case 'comment':
    case 'unsupported':
      throw new SyncError('SopsOutputUnsupported', { data: { format: 'json' } })
    default:
      return formatScalar(node)
  }
}

function pairsOf(map: TreeMap): Pair[] {
  return map.items.filter((item) => item.type === 'pair')
}

function formatPair({ key, value }: Pair, indent: string): string {
  return `${quote(key)}: ${formatJson(value, indent)}`
}

function formatItems([open, close]: [string, string], indent: string, items: readonly string[]): string {
  if (items.length === 0) return open + close
  const lines = items.map((item) => `\n${indent}\t${item}`)
  return `${open}${lines.join(',')}\n${indent}${close}`
}

function formatScalar(scalar: Scalar): string {
  switch (scalar.type) {
    case 'str':
    case 'time':
      return quote(scalar.text)
    case 'bytes':
      return quote(decodeRawText(scalar.bytes))
    case 'int':
    case 'bool':
      return String(scalar.value)
    case 'float':
      return formatNumber(scalar.value)
    case 'null':
      return 'null'
  }
}

function formatNumber(value: number): string {
  if (!Number.isFinite(value)) throw new SyncError('SopsOutputUnsupported', { data: { format: 'json' } })
  return Object.is(value, -0) ? '-0' : String(value)
}

/** As Go quotes: what HTML and JavaScript would misread is escaped, too, and U+FFFD spelled out for a byte that is no text. */
function quote(text: string): string {
  const pieces = text.isWellFormed() ? [text] : text.split(/[\udc80-\udcff]/u)
  return `"${pieces.map(escapeText).join('\\ufffd')}"`
}

function escapeText(text: string): string {
  return JSON.stringify(text)
    .slice(1, -1)
    .replace(/[<>&\u2028\u2029]/g, escapeCharacter)
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
