import type { TokenType } from '../../../../yaml/scan/token.ts'
import { moveFootToKey } from './foot-comments.ts'
import {
  createComments,
  createEmptyNode,
  expectToken,
  type NodeProperties,
  nameNode,
  type Parser,
  parseOptionalNode,
  skipDash,
  takeComments,
  takeStem,
} from './parser.ts'
import type { ListNode, MapNode, SyntaxNode } from './syntax-node.ts'

/** A list whose dashes stand deeper than the block around it. */
export function parseBlockSequence(parser: Parser, properties: NodeProperties): ListNode {
  const { stream } = parser
  const { line } = properties
  const list: ListNode = { type: 'list', items: [], line, comments: takeStem(parser) }
  nameNode(parser, properties, list)
  stream.skip()
  parseItems(parser, list, ['block-entry', 'block-end'])
  expectToken(parser, 'block-end')
  stream.skip()
  return list
}

/** A list whose dashes stand at the column of the key before it. */
export function parseIndentlessSequence(parser: Parser, properties: NodeProperties): ListNode {
  const list: ListNode = { type: 'list', items: [], line: properties.line, comments: createComments() }
  nameNode(parser, properties, list)
  parseItems(parser, list, ['block-entry', 'key', 'value', 'block-end'])
  return list
}

function parseItems(parser: Parser, { items }: ListNode, ends: readonly TokenType[]): void {
  while (parser.stream.peek().type === 'block-entry') {
    skipDash(parser)
    items.push(parseOptionalNode(parser, 'block', ends))
  }
}

const pairParts = ['key', 'value', 'block-end'] as const

/** A map whose keys stand in a column. */
export function parseBlockMap(parser: Parser, properties: NodeProperties): MapNode {
  const { stream } = parser
  const map: MapNode = { type: 'map', pairs: [], line: properties.line, comments: takeStem(parser) }
  nameNode(parser, properties, map)
  stream.skip()
  while (stream.peek().type === 'key') {
    stream.skip()
    const key = parseOptionalNode(parser, 'block-or-dashes', pairParts)
    giveFootToPrevious(map, key)
    const value = parseValue(parser)
    moveFootToKey(key, value)
    map.pairs.push({ key, value })
  }
  expectToken(parser, 'block-end')
  const end = takeComments(parser)
  stream.skip()
  map.comments.line = end.line
  giveFootToLast(map, end.foot)
  return map
}

function parseValue(parser: Parser): SyntaxNode {
  const { type, line } = parser.stream.peek()
  if (type !== 'value') return createEmptyNode(line)
  parser.stream.skip()
  return parseOptionalNode(parser, 'block-or-dashes', pairParts)
}

/** What go-yaml met as the foot of a key is the foot of the pair above. */
function giveFootToPrevious({ pairs }: MapNode, key: SyntaxNode): void {
  const previous = pairs.at(-1)
  if (!previous || key.comments.foot === '') return
  previous.key.comments.foot = key.comments.foot
  key.comments.foot = ''
}

function giveFootToLast(map: MapNode, foot: string): void {
  const last = map.pairs.at(-1)
  if (last && foot !== '') last.key.comments.foot = foot
  else map.comments.foot = foot
}
