import type { TokenType } from '../../../../yaml/scan/token.ts'
import { failAtLine } from './fail-at-line.ts'
import { moveFootToKey } from './foot-comments.ts'
import {
  createComments,
  createEmptyNode,
  type NodeProperties,
  nameNode,
  type Parser,
  parseOptionalNode,
  takeComments,
} from './parser.ts'
import type { ListNode, MapNode, SyntaxNode, SyntaxPair } from './syntax-node.ts'

/** `[a, b: c]`, where a pair is a map of one. */
export function parseFlowSequence(parser: Parser, properties: NodeProperties): ListNode {
  const list: ListNode = { type: 'list', items: [], line: properties.line, comments: takeComments(parser) }
  nameNode(parser, properties, list)
  parseEntries(parser, 'flow-sequence-end', () => {
    list.items.push(parser.stream.peek().type === 'key' ? parseSinglePair(parser) : parser.parseNode('flow'))
  })
  return endFlow(parser, list)
}

/** `{a: b, c}` */
export function parseFlowMap(parser: Parser, properties: NodeProperties): MapNode {
  const map: MapNode = { type: 'map', pairs: [], line: properties.line, comments: takeComments(parser) }
  nameNode(parser, properties, map)
  parseEntries(parser, 'flow-mapping-end', () => {
    const pair = parsePair(parser)
    moveFootToKey(pair.key, pair.value)
    map.pairs.push(pair)
  })
  return endFlow(parser, map)
}

/** The entries between the opening bracket and `end`. */
function parseEntries({ stream }: Parser, end: TokenType, parseEntry: () => void): void {
  stream.skip()
  for (let isFirst = true; stream.peek().type !== end; isFirst = false) {
    if (!isFirst) {
      const { type, line } = stream.peek()
      if (type !== 'flow-entry') throw failAtLine(line)
      stream.skip()
      if (stream.peek().type === end) return
    }
    parseEntry()
  }
}

/** The comments met before the closing bracket take the place of those before the opening one. */
function endFlow<Node extends ListNode | MapNode>(parser: Parser, node: Node): Node {
  const { line, foot } = takeComments(parser)
  node.comments.line = line
  node.comments.foot = foot
  parser.stream.skip()
  return node
}

function parsePair(parser: Parser): SyntaxPair {
  const { stream } = parser
  const ends = ['flow-entry', 'flow-mapping-end'] as const
  if (stream.peek().type !== 'key') {
    const key = parser.parseNode('flow')
    return { key, value: createEmptyNode(stream.peek().line) }
  }
  stream.skip()
  const key = parseOptionalNode(parser, 'flow', ['value', ...ends])
  return { key, value: parseValue(parser, ends) }
}

/** go-yaml reads no pair without a key here. */
function parseSinglePair(parser: Parser): MapNode {
  const { stream } = parser
  const ends = ['flow-entry', 'flow-sequence-end'] as const
  const { line } = stream.peek()
  stream.skip()
  if (['value', ...ends].includes(stream.peek().type)) throw failAtLine(line)
  const key: SyntaxNode = parser.parseNode('flow')
  const value = parseValue(parser, ends)
  moveFootToKey(key, value)
  return { type: 'map', pairs: [{ key, value }], line, comments: createComments() }
}

function parseValue(parser: Parser, ends: readonly TokenType[]): SyntaxNode {
  const { type, line } = parser.stream.peek()
  if (type !== 'value') return createEmptyNode(line)
  parser.stream.skip()
  return parseOptionalNode(parser, 'flow', ends)
}
