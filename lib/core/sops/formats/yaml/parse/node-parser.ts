import { isScalarStyle, type Token } from '../../../../yaml/scan/token.ts'
import type { TokenStream } from '../scan/token-stream.ts'
import { parseBlockMap, parseBlockSequence, parseIndentlessSequence } from './block-parser.ts'
import { failAtLine } from './fail-at-line.ts'
import { parseFlowMap, parseFlowSequence } from './flow-parser.ts'
import {
  createEmptyNode,
  type NodeContext,
  type NodeProperties,
  nameNode,
  type Parser,
  takeComments,
} from './parser.ts'
import type { ScalarNode, SyntaxNode } from './syntax-node.ts'

/** @see https://github.com/yaml/go-yaml/blob/v3/parserc.go (yaml_parser_parse_node) */
export function createParser(stream: TokenStream): Parser {
  const parser: Parser = {
    stream,
    anchors: new Map(),
    tagPrefixes: new Map(),
    stem: '',
    parseNode: (context) => parseNode(parser, context),
  }
  return parser
}

function parseNode(parser: Parser, context: NodeContext): SyntaxNode {
  const token = parser.stream.peek()
  return token.type === 'alias'
    ? parseAlias(parser, token)
    : parseContent(parser, context, parseProperties(parser))
}

function parseAlias(parser: Parser, { value, line }: Token): SyntaxNode {
  const target = parser.anchors.get(value)
  if (!target) throw failAtLine(line)
  const comments = takeComments(parser)
  parser.stream.skip()
  return { type: 'alias', target, line, comments }
}

function parseContent(parser: Parser, context: NodeContext, properties: NodeProperties): SyntaxNode {
  const token = parser.stream.peek()
  const isBlock = context !== 'flow'
  if (context === 'block-or-dashes' && token.type === 'block-entry') {
    return parseIndentlessSequence(parser, properties)
  }
  if (isScalarStyle(token.type)) return parseScalar(parser, token, properties)
  if (token.type === 'flow-sequence-start') return parseFlowSequence(parser, properties)
  if (token.type === 'flow-mapping-start') return parseFlowMap(parser, properties)
  if (isBlock && token.type === 'block-sequence-start') return parseBlockSequence(parser, properties)
  if (isBlock && token.type === 'block-mapping-start') return parseBlockMap(parser, properties)
  const { anchor, tag, line } = properties
  if (anchor === '' && tag === '') throw failAtLine(token.line)
  return nameNode(parser, properties, { ...createEmptyNode(line), tag: withoutNonSpecific(tag) })
}

function parseScalar(parser: Parser, token: Token, properties: NodeProperties): ScalarNode {
  const node: ScalarNode = {
    type: 'scalar',
    value: token.value,
    tag: withoutNonSpecific(properties.tag),
    isPlain: token.type === 'plain',
    line: properties.line,
    comments: takeComments(parser),
  }
  parser.stream.skip()
  return nameNode(parser, properties, node)
}

/** The tag `!` alone says no more than none. */
function withoutNonSpecific(tag: string): string {
  return tag === '!' ? '' : tag
}

/** A tag and an anchor, in any order, each at most once. */
function parseProperties(parser: Parser): NodeProperties {
  const { stream } = parser
  const { line } = stream.peek()
  let anchor = ''
  let tag = ''
  for (;;) {
    const token = stream.peek()
    if (token.type === 'anchor' && anchor === '') anchor = token.value
    else if (token.type === 'tag' && tag === '') tag = resolveTag(parser, token)
    else return { anchor, tag, line }
    stream.skip()
  }
}

const coreNamespace = 'tag:yaml.org,2002:'

/** The whole tag, in its short form `!!name` where it is one of YAML's own. */
function resolveTag({ tagPrefixes }: Parser, { value: handle, suffix, line }: Token): string {
  const prefix = handle === '' ? '' : tagPrefixes.get(handle)
  if (prefix === undefined) throw failAtLine(line)
  const tag = prefix + suffix
  return tag.startsWith(coreNamespace) ? `!!${tag.slice(coreNamespace.length)}` : tag
}
