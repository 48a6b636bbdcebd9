import { SyncError } from '../../../errors.ts'
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
      return quoteBytes(scalar.bytes)
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

/** As Go quotes: what HTML and JavaScript would misread is escaped, too. */
function quote(text: string): string {
  return JSON.stringify(text).replace(/[<>&\u2028\u2029]/g, escapeCharacter)
}

/** Runs of UTF-8 in bytes that are read as Latin-1. */
const utf8Runs =
  /((?:[\0-\x7f]|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2})+)|./gs

/** As Go quotes what is no UTF-8: each byte that does not belong is spelled out as U+FFFD. */
function quoteBytes(bytes: Uint8Array): string {
  const text = Buffer.from(bytes).toString('latin1')
  const escaped = text.replace(utf8Runs, (_, run: string | undefined) =>
    run === undefined ? '\\ufffd' : quote(Buffer.from(run, 'latin1').toString('utf8')).slice(1, -1),
  )
  return `"${escaped}"`
}

function escapeCharacter(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`
}
