import { createAnchors } from './anchors.ts'
import { type Composer, createComposeError, expectToken, kindAt, takeToken } from './composer.ts'
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
import type { TokenKind } from './scanner.ts'
import type { YamlSource } from './source.ts'

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
  const composer: Composer = { tokens, source, anchors: createAnchors(source), next: 0 }
  if (kindAt(composer) === 'directive') throw createComposeError(composer, 'directive before the document')
  if (kindAt(composer) === 'stream-end') return null
  if (kindAt(composer) === 'document-start') composer.next += 1
  const isBare = isDocumentMarker(kindAt(composer)) || kindAt(composer) === 'stream-end'
  const root = isBare ? null : composeNode(composer, 'block')
  while (isDocumentMarker(kindAt(composer))) composer.next += 1
  if (kindAt(composer) !== 'stream-end') throw createComposeError(composer, 'text after the first document')
  return root
}

type Place = 'block' | 'block-or-indentless' | 'flow'

function composeNode(composer: Composer, place: Place): Node {
  if (kindAt(composer) === 'alias') return composer.anchors.expand(takeToken(composer).value)
  const { anchor, tag } = takeProperties(composer)
  if (anchor !== undefined) composer.anchors.open(anchor)
  const node = composeContent(composer, place, tag)
  if (anchor !== undefined) composer.anchors.close(anchor, node)
  return node
}

function takeProperties(composer: Composer): { anchor?: string; tag?: string } {
  const properties: { anchor?: string; tag?: string } = {}
  for (;;) {
    const kind = kindAt(composer)
    if ((kind !== 'anchor' && kind !== 'tag') || properties[kind] !== undefined) return properties
    properties[kind] = takeToken(composer).value
  }
}

function composeContent(composer: Composer, place: Place, tag: string | undefined): Node {
  const kind = kindAt(composer)
  switch (kind) {
    case 'plain':
    case 'double':
    case 'single':
    case 'literal':
    case 'folded':
      return composeScalar(composer, kind, tag)
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
  const previous = composer.tokens[composer.next - 1]?.kind
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
  while (kindAt(composer) === 'block-entry') {
    takeToken(composer)
    const kind = kindAt(composer)
    node.items.push(
      kind === 'block-entry' || kind === 'block-end' ? createEmpty() : composeNode(composer, 'block'),
    )
  }
  expectToken(composer, 'block-end', 'list entry expected')
  return node
}

function composeIndentlessSequence(composer: Composer): Sequence {
  const node = createSequence()
  while (kindAt(composer) === 'block-entry') {
    takeToken(composer)
    const isMissing = ['block-entry', 'key', 'value', 'block-end'].includes(kindAt(composer))
    node.items.push(isMissing ? createEmpty() : composeNode(composer, 'block'))
  }
  return node
}

function composeBlockMapping(composer: Composer): Mapping {
  const node = createMapping()
  takeToken(composer)
  while (kindAt(composer) !== 'block-end') {
    // A value without `?` or a simple key has the empty key.
    if (kindAt(composer) !== 'key') throw createComposeError(composer, 'key expected')
    takeToken(composer)
    const key = composeBlockPart(composer)
    let value: Node = createEmpty()
    if (kindAt(composer) === 'value') {
      takeToken(composer)
      value = composeBlockPart(composer)
    }
    addEntry(composer, node, { key, value })
  }
  takeToken(composer)
  return finishMapping(node, composer.source)
}

function composeBlockPart(composer: Composer): Node {
  const kind = kindAt(composer)
  if (kind === 'key' || kind === 'value' || kind === 'block-end') return createEmpty()
  return composeNode(composer, 'block-or-indentless')
}

function composeFlowSequence(composer: Composer): Sequence {
  const node: Sequence = { ...createSequence(), flow: true }
  takeToken(composer)
  while (kindAt(composer) !== 'flow-sequence-end') {
    if (node.items.length > 0) {
      expectToken(composer, 'flow-entry', 'comma or bracket expected')
      if (kindAt(composer) === 'flow-sequence-end') break
    }
    node.items.push(kindAt(composer) === 'key' ? composeSinglePair(composer) : composeNode(composer, 'flow'))
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
  while (kindAt(composer) !== 'flow-mapping-end') {
    if (node.entries.length > 0) {
      expectToken(composer, 'flow-entry', 'comma or brace expected')
      if (kindAt(composer) === 'flow-mapping-end') break
    }
    if (kindAt(composer) === 'key') composeFlowPair(composer, node, 'flow-mapping-end')
    else addEntry(composer, node, { key: composeNode(composer, 'flow'), value: createEmpty() })
  }
  takeToken(composer)
  return finishMapping(node, composer.source)
}

function composeFlowPair(composer: Composer, node: Mapping, end: TokenKind): void {
  takeToken(composer)
  const isPartMissing = (kind: TokenKind) => kind === 'value' || kind === 'flow-entry' || kind === end
  const key = isPartMissing(kindAt(composer)) ? createEmpty() : composeNode(composer, 'flow')
  let value: Node = createEmpty()
  if (kindAt(composer) === 'value') {
    takeToken(composer)
    if (kindAt(composer) !== 'flow-entry' && kindAt(composer) !== end) value = composeNode(composer, 'flow')
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

function isDocumentMarker(kind: TokenKind): boolean {
  return kind === 'document-start' || kind === 'document-end'
}
