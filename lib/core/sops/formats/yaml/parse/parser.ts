import type { TokenType } from '../../../../yaml/scan/token.ts'
import type { TokenStream } from '../scan/token-stream.ts'
import { failAtLine } from './fail-at-line.ts'
import type { NodeComments, ScalarNode, SyntaxNode } from './syntax-node.ts'

/** What may stand where a node is expected; `block-or-dashes` lets a list stand at the column of its key. */
export type NodeContext = 'flow' | 'block' | 'block-or-dashes'

/** What the parser knows between two nodes. */
export interface Parser {
  readonly stream: TokenStream
  /** Nodes with a name, over all documents of the stream. */
  readonly anchors: Map<string, SyntaxNode>
  /** Tag prefixes by handle, of the open document. */
  readonly tagPrefixes: Map<string, string>
  /** The comment above a dash, which belongs to the block that starts behind it. */
  stem: string
  /** @throws {SyncError} SopsFileUnreadable with the line */
  parseNode(context: NodeContext): SyntaxNode
}

/** Anchor and tag in front of a node, empty where there is none, and the line on which it starts. */
export interface NodeProperties {
  readonly anchor: string
  readonly tag: string
  readonly line: number
}

/** Names a node. It is known from its start on, so that one within itself is found. */
export function nameNode<Node extends SyntaxNode>(
  { anchors }: Parser,
  { anchor }: NodeProperties,
  node: Node,
): Node {
  if (anchor !== '') anchors.set(anchor, node)
  return node
}

export function createComments(): NodeComments {
  return { head: '', line: '', foot: '' }
}

/** A node that is not there, where one may be left out. */
export function createEmptyNode(line: number): ScalarNode {
  return { type: 'scalar', value: '', tag: '', isPlain: true, line, comments: createComments() }
}

/** The next node, or an empty one where one of `ends` comes next. */
export function parseOptionalNode(
  parser: Parser,
  context: NodeContext,
  ends: readonly TokenType[],
): SyntaxNode {
  const { type, line } = parser.stream.peek()
  return ends.includes(type) ? createEmptyNode(line) : parser.parseNode(context)
}

/** @throws {SyncError} SopsFileUnreadable where another token comes next */
export function expectToken({ stream }: Parser, type: TokenType): void {
  const token = stream.peek()
  if (token.type !== type) throw failAtLine(token.line)
}

/** Takes the comments that were met, for the node at hand. */
export function takeComments(parser: Parser): NodeComments {
  const { met } = parser.stream
  const taken = { ...met }
  met.head = ''
  met.line = ''
  met.foot = ''
  parser.stem = ''
  return taken
}

/** Takes the comment above a dash, for the block behind it. */
export function takeStem(parser: Parser): NodeComments {
  const head = parser.stem
  parser.stem = ''
  return { head, line: '', foot: '' }
}

/** Skips a dash. The comment above it is set aside if a block starts behind it. */
export function skipDash(parser: Parser): void {
  const { stream } = parser
  const { length } = stream.met.head
  stream.skip()
  if (length === 0) return
  const { type } = stream.peek()
  if (type !== 'block-sequence-start' && type !== 'block-mapping-start') return
  parser.stem = stream.met.head.slice(0, length)
  stream.met.head = stream.met.head.slice(length + 1)
}
