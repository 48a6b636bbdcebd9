import type { TokenType } from '../../yaml/scan/token.ts'
import { createAnchors } from './anchors.ts'
import { type Composer, createComposeError, expectToken, takeToken, typeAt } from './composer.ts'
import { finishMapping } from './finish-mapping.ts'
import {
  createMapping,
  createScalar,
  createSequence,
  type Mapping,
  type Node,
  nodeBytes,
  type ScalarStyle,
  type Sequence,
  tags,
} from './node.ts'
import { resolveTag } from './resolve.ts'
import { scanTokens } from './scan-tokens.ts'
import { createSourceError, type YamlSource } from './source.ts'

/** A scalar and what tells that it is a key or a value. */
const tokensPerNode = 2

/**
 * The first document of a YAML text as a tree with its aliases expanded, or `null` for a text without content.
 * Refused: further documents, duplicate keys, keys that are no scalars, tags that kustomize would not keep.
 * @throws {SyncError} the code of `source`; KustomizeTooLarge for aliases that multiply
 */
export function composeDocument(text: string, source: YamlSource): Node | null {
  const tokens = scanTokens(text, source)
  source.budget?.spend((tokens.length / tokensPerNode) * nodeBytes + text.length, source.file)
  const composer: Composer = { tokens, source, anchors: createAnchors(source), next: 1 }
  if (isDirective(typeAt(composer))) throw createComposeError(composer, 'directive before the document')
  if (typeAt(composer) === 'stream-end') return null
  if (typeAt(composer) === 'document-end') throw createComposeError(composer, 'end of a document before one')
  if (typeAt(composer) === 'document-start') composer.next += 1
  const isBare = isDocumentMarker(typeAt(composer)) || typeAt(composer) === 'stream-end'
  const root = isBare ? null : composeNode(composer, 'block')
  while (isDocumentMarker(typeAt(composer))) composer.next += 1
  if (typeAt(composer) !== 'stream-end') throw createComposeError(composer, 'text after the first document')
  return root
}

type Place = 'block' | 'block-or-indentless' | 'flow'

function composeNode(composer: Composer, place: Place): Node {
  if (typeAt(composer) === 'alias') return composer.anchors.expand(takeToken(composer).value)
  const { anchor, tag } = takeProperties(composer)
  if (anchor !== undefined) composer.anchors.open(anchor)
  const node = composeContent(composer, place, tag)
  if (anchor !== undefined) composer.anchors.close(anchor, node)
  return node
}

function takeProperties(composer: Composer): { anchor?: string; tag?: string } {
  const properties: { anchor?: string; tag?: string } = {}
  for (;;) {
    const type = typeAt(composer)
    if ((type !== 'anchor' && type !== 'tag') || properties[type] !== undefined) return properties
    properties[type] = type === 'tag' ? takeTag(composer) : takeToken(composer).value
  }
}

const coreNamespace = 'tag:yaml.org,2002:'

/** The short form: `!` alone, `!!str`, `!custom`. Without directives there are no handles but `!` and `!!`. */
function takeTag(composer: Composer): string {
  const { value: handle, suffix, line } = takeToken(composer)
  if (handle.length > 2)
    throw createSourceError(composer.source, 'tag with an undefined handle', { line: line + 1 })
  const tag = handle + suffix
  return tag.startsWith(coreNamespace) ? `!!${tag.slice(coreNamespace.length)}` : tag
}

function composeContent(composer: Composer, place: Place, tag: string | undefined): Node {
  const type = typeAt(composer)
  switch (type) {
    case 'plain':
    case 'double':
    case 'single':
    case 'literal':
    case 'folded':
      return composeScalar(composer, type, tag)
    case 'flow-sequence-start':
      return assertPlainTag(composer, tag, composeFlowSequence(composer))
    case 'flow-mapping-start':
      return assertPlainTag(composer, tag, composeFlowMapping(composer))
    case 'block-sequence-start':
      if (place === 'flow') break
      return assertPlainTag(composer, tag, composeBlockSequence(composer))
    case 'block-mapping-start':
      if (place === 'flow') break
      return assertPlainTag(composer, tag, composeBlockMapping(composer))
    case 'block-entry':
      if (place !== 'block-or-indentless') break
      return assertPlainTag(composer, tag, composeIndentlessSequence(composer))
    default:
  }
  const previous = composer.tokens[composer.next - 1]?.type
  if (tag !== undefined && tag !== '!') return composeTagged(composer, tag, { value: '', style: 'plain' })
  if (previous === 'anchor' || previous === 'tag') return createEmpty()
  throw createComposeError(composer, 'content is missing')
}

function composeScalar(composer: Composer, style: ScalarStyle, tag: string | undefined): Node {
  const { value } = takeToken(composer)
  if (tag !== undefined && tag !== '!') return composeTagged(composer, tag, { value, style })
  if (tag === '!' && composer.source.dialect === 'v2')
    return createScalar(value, { tag: tags.string, style, tagged: true })
  if (style !== 'plain') return createScalar(value, { tag: tags.string, style })
  if (value === '<<') return createScalar(value, { tag: tags.merge })
  return createScalar(value, { tag: resolveTag(value) })
}

function composeTagged(composer: Composer, tag: string, scalar: { value: string; style: ScalarStyle }): Node {
  const { value, style } = scalar
  const isKept = tag === tags.string || tag === tags.binary || !tag.startsWith('!!')
  if (!isKept) throw createComposeError(composer, 'explicit tag')
  return createScalar(value, { tag, style, tagged: true })
}

function assertPlainTag<T extends Mapping | Sequence>(
  composer: Composer,
  tag: string | undefined,
  node: T,
): T {
  const own = node.kind === 'mapping' ? '!!map' : '!!seq'
  if (tag !== undefined && tag !== '!' && tag !== own) throw createComposeError(composer, 'explicit tag')
  return node
}

function composeBlockSequence(composer: Composer): Sequence {
  const node = createSequence()
  takeToken(composer)
  while (typeAt(composer) === 'block-entry') {
    takeToken(composer)
    const type = typeAt(composer)
    node.items.push(
      type === 'block-entry' || type === 'block-end' ? createEmpty() : composeNode(composer, 'block'),
    )
  }
  expectToken(composer, 'block-end', 'list entry expected')
  return node
}

function composeIndentlessSequence(composer: Composer): Sequence {
  const node = createSequence()
  while (typeAt(composer) === 'block-entry') {
    takeToken(composer)
    const isMissing = ['block-entry', 'key', 'value', 'block-end'].includes(typeAt(composer))
    node.items.push(isMissing ? createEmpty() : composeNode(composer, 'block'))
  }
  return node
}

function composeBlockMapping(composer: Composer): Mapping {
  const node = createMapping()
  takeToken(composer)
  while (typeAt(composer) !== 'block-end') {
    // A value without `?` or a simple key has the empty key.
    if (typeAt(composer) !== 'key') throw createComposeError(composer, 'key expected')
    takeToken(composer)
    const key = composeBlockPart(composer)
    let value: Node = createEmpty()
    if (typeAt(composer) === 'value') {
      takeToken(composer)
      value = composeBlockPart(composer)
    }
    addEntry(composer, node, { key, value })
  }
  takeToken(composer)
  return finishMapping(node, composer.source)
}

function composeBlockPart(composer: Composer): Node {
  const type = typeAt(composer)
  if (type === 'key' || type === 'value' || type === 'block-end') return createEmpty()
  return composeNode(composer, 'block-or-indentless')
}

function composeFlowSequence(composer: Composer): Sequence {
  const node: Sequence = { ...createSequence(), flow: true }
  takeToken(composer)
  while (typeAt(composer) !== 'flow-sequence-end') {
    if (node.items.length > 0) {
      expectToken(composer, 'flow-entry', 'comma or bracket expected')
      if (typeAt(composer) === 'flow-sequence-end') break
    }
    node.items.push(typeAt(composer) === 'key' ? composeSinglePair(composer) : composeNode(composer, 'flow'))
  }
  takeToken(composer)
  return node
}

function composeSinglePair(composer: Composer): Mapping {
  const node: Mapping = { ...createMapping(), flow: true }
  composeFlowPair(composer, node, 'flow-sequence-end')
  return finishMapping(node, composer.source)
}

function composeFlowMapping(composer: Composer): Mapping {
  const node: Mapping = { ...createMapping(), flow: true }
  takeToken(composer)
  while (typeAt(composer) !== 'flow-mapping-end') {
    if (node.entries.length > 0) {
      expectToken(composer, 'flow-entry', 'comma or brace expected')
      if (typeAt(composer) === 'flow-mapping-end') break
    }
    if (typeAt(composer) === 'key') composeFlowPair(composer, node, 'flow-mapping-end')
    else addEntry(composer, node, { key: composeNode(composer, 'flow'), value: createEmpty() })
  }
  takeToken(composer)
  return finishMapping(node, composer.source)
}

function composeFlowPair(composer: Composer, node: Mapping, end: TokenType): void {
  takeToken(composer)
  const isPartMissing = (type: TokenType) => type === 'value' || type === 'flow-entry' || type === end
  const key = isPartMissing(typeAt(composer)) ? createEmpty() : composeNode(composer, 'flow')
  let value: Node = createEmpty()
  if (typeAt(composer) === 'value') {
    takeToken(composer)
    if (typeAt(composer) !== 'flow-entry' && typeAt(composer) !== end) value = composeNode(composer, 'flow')
  }
  addEntry(composer, node, { key, value })
}

function addEntry(composer: Composer, node: Mapping, entry: { key: Node; value: Node }): void {
  const { key, value } = entry
  if (key.kind !== 'scalar') throw createComposeError(composer, 'key that is no scalar')
  if (key.value === '<<' && key.style !== 'plain') throw createComposeError(composer, 'quoted merge key')
  node.entries.push({ key, value })
}

function createEmpty(): Node {
  return createScalar('', { tag: tags.null })
}

function isDocumentMarker(type: TokenType): boolean {
  return type === 'document-start' || type === 'document-end'
}

function isDirective(type: TokenType): boolean {
  return type === 'version-directive' || type === 'tag-directive'
}
