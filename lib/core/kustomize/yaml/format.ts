import { SyncError } from '../../errors.ts'
import { quoteDouble } from '../../sops/formats/yaml/emit/scalar-text.ts'
import { analyzePresentation } from '../../yaml/presentation.ts'
import type { Mapping, Node, Scalar, ScalarStyle, Sequence } from './node.ts'
import { tags } from './node.ts'
import { resolveTag } from './resolve.ts'

/**
 * The YAML of a tree as kustomize writes it: two columns for each level, lists at the column of their key, styles kept.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/emitterc.go
 * @throws {SyncError} KustomizeFieldUnsupported for folded texts and for keys that do not fit on a line
 */
export function formatNode(node: Node, file: string): string {
  const text = formatBelow(node, { indent: -2, file, isItem: true })
  return text.endsWith('\n') ? text : `${text}\n`
}

interface Place {
  readonly file: string
  /** Column of the collection that holds the node; below zero at the top. */
  readonly indent: number
  /** Whether the node starts on the line of a dash, or of nothing. */
  readonly isItem: boolean
}

/** What follows a dash; blocks start at its column and two. */
function formatBelow(node: Node, place: Place): string {
  const isBlock = node.kind !== 'scalar' && !node.flow && sizeOf(node) > 0
  if (!isBlock) return formatInline(node, place)
  const indent = place.indent + 2
  return node.kind === 'mapping'
    ? formatMapping(node, indent, place.file)
    : formatSequence(node, indent, place.file)
}

function sizeOf(node: Mapping | Sequence): number {
  return node.kind === 'mapping' ? node.entries.length : node.items.length
}

/** Lines of a block, the first without its indentation. */
function formatMapping(node: Mapping, indent: number, file: string): string {
  const lines = node.entries.map(({ key, value }) => {
    const name = formatKey(key, file)
    return `${name}:${formatValue(value, indent, file)}`
  })
  return lines.join(`\n${' '.repeat(indent)}`)
}

function formatValue(value: Node, indent: number, file: string): string {
  const isBlock = value.kind !== 'scalar' && !value.flow && sizeOf(value) > 0
  if (!isBlock) return withBlank(formatInline(value, { indent, file, isItem: false }))
  if (value.kind === 'sequence') return `\n${' '.repeat(indent)}${formatSequence(value, indent, file)}`
  return `\n${' '.repeat(indent + 2)}${formatMapping(value, indent + 2, file)}`
}

/** Nothing stands behind a colon or dash where there is no text. */
function withBlank(text: string): string {
  return text === '' ? '' : ` ${text}`
}

function formatSequence(node: Sequence, indent: number, file: string): string {
  const items = node.items.map((item) => `-${withBlank(formatBelow(item, { indent, file, isItem: true }))}`)
  return items.join(`\n${' '.repeat(indent)}`)
}

/** A scalar or what stands in brackets. */
function formatInline(node: Node, place: Place): string {
  switch (node.kind) {
    case 'scalar':
      return formatScalar(node, { ...place, where: 'block' })
    case 'mapping':
      return `{${node.entries
        .map(({ key, value }) => `${formatFlowKey(key, place)}: ${formatInFlow(value, place)}`)
        .join(', ')}}`
    case 'sequence':
      return `[${node.items.map((item) => formatInFlow(item, place)).join(', ')}]`
  }
}

function formatInFlow(node: Node, place: Place): string {
  return node.kind === 'scalar' ? formatScalar(node, { ...place, where: 'flow' }) : formatInline(node, place)
}

function formatKey(key: Scalar, file: string): string {
  return assertSimple(formatScalar(key, { file, indent: 0, isItem: false, where: 'key' }), file)
}

function formatFlowKey(key: Scalar, place: Place): string {
  return assertSimple(formatScalar(key, { ...place, where: 'flow-key' }), place.file)
}

function assertSimple(key: string, file: string): string {
  if (Buffer.byteLength(key) <= 128) return key
  throw unsupported(file, 'long key')
}

type ScalarPlace = Place & { readonly where: 'block' | 'flow' | 'key' | 'flow-key' }

function formatScalar(node: Scalar, place: ScalarPlace): string {
  const { tag, style } = chooseTagAndStyle(node)
  const text = formatText(node.value, chooseAllowedStyle(node.value, style, place), place)
  return text === '' || tag === '' ? tag + text : `${tag} ${text}`
}

/** The tag is written where the text alone would be read as something else. */
function chooseTagAndStyle(node: Scalar): { tag: string; style: ScalarStyle } {
  const { tag, style, value } = node
  const multiline: ScalarStyle = style === 'plain' && value.includes('\n') ? 'literal' : style
  if (node.tagged) return { tag, style: multiline }
  if (tag === '' || (tag === tags.string && style !== 'plain')) return { tag: '', style: multiline }
  if (resolveTag(value) === tag) return { tag: '', style: multiline }
  if (tag !== tags.string) return { tag, style: multiline }
  return { tag: '', style: multiline === 'literal' ? 'literal' : 'double' }
}

function chooseAllowedStyle(text: string, wanted: ScalarStyle, { where, file }: ScalarPlace): ScalarStyle {
  const allowed = analyzePresentation(text)
  const isKey = where === 'key' || where === 'flow-key'
  const inFlow = where === 'flow' || where === 'flow-key'
  if (isKey && /[\n\r\u0085\u2028\u2029]/.test(text)) return 'double'
  if (wanted === 'folded' && !inFlow && !isKey && allowed.blockAllowed) throw unsupported(file, 'folded text')
  if (wanted === 'literal' || wanted === 'folded') {
    return !allowed.blockAllowed || inFlow || isKey ? 'double' : 'literal'
  }
  const isPlain =
    wanted === 'plain' &&
    allowed.plainAllowed &&
    !(inFlow && /[,?[\]{}:]/.test(text)) &&
    !(text === '' && (inFlow || isKey))
  if (isPlain) return 'plain'
  if (wanted === 'double') return 'double'
  return allowed.singleAllowed && !text.includes('\n') ? 'single' : 'double'
}

function formatText(text: string, style: ScalarStyle, { indent }: ScalarPlace): string {
  switch (style) {
    case 'plain':
      return text
    case 'single':
      return `'${text.replaceAll("'", "''")}'`
    case 'double':
      return quoteDouble(text)
    default:
      return formatLiteral(text, Math.max(indent, -2) + 2)
  }
}

/** A block of lines; empty ones are not indented. */
function formatLiteral(text: string, indent: number): string {
  const depth = /^[ \n]/.test(text) ? '2' : ''
  const end = text.endsWith('\n\n') || text === '\n' ? '+' : ''
  const chomping = text.endsWith('\n') ? end : '-'
  const column = ' '.repeat(Math.max(indent, 2))
  const lines = text.replace(/\n$/, '').split('\n')
  return `|${depth}${chomping}\n${lines.map((line) => (line === '' ? '' : `${column}${line}`)).join('\n')}`
}

function unsupported(file: string, reason: string): SyncError {
  return new SyncError('KustomizeFieldUnsupported', { data: { file, field: 'replacements', reason } })
}
