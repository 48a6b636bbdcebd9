import { SyncError } from '../../../../errors.ts'
import type { Pair, TreeNode } from '../../../tree.ts'
import { type Emitter, emitScalar } from './emitter.ts'
import { type PlacedComments, placeComments } from './placed-comments.ts'
import { describeKey, describeScalar, isSimpleKey, type ScalarToken } from './scalar-token.ts'

/** A node on its way out. Comments above a container are queued where it starts, others where it ends. */
export type EmitNode = (
  | { readonly type: 'scalar'; readonly token: ScalarToken }
  | { readonly type: 'map'; readonly content: PlacedComments<Pair> }
  | { readonly type: 'list'; readonly content: PlacedComments<TreeNode> }
) & { readonly line: string; readonly foot: string }

/** Where a node stands: the column of the container that holds it, -1 for a document. */
export interface Place {
  readonly indent: number
  readonly isListItem: boolean
}

/** @throws {SyncError} SopsOutputUnsupported for what no document can hold */
export function createEmitNode(node: TreeNode, line = '', foot = ''): EmitNode {
  switch (node.type) {
    case 'map':
      return { type: 'map', content: placeComments<Pair>(node.items), line, foot }
    case 'list':
      return { type: 'list', content: placeComments<TreeNode>(node.items), line, foot }
    case 'comment':
    case 'unsupported':
      throw new SyncError('SopsOutputUnsupported', { data: { format: 'yaml' } })
    default:
      return { type: 'scalar', token: describeScalar(node), line, foot }
  }
}

/** Queues what a node brings along when it starts; `head` stands above the comments of a container's own. */
export function queueStart({ comments }: Emitter, node: EmitNode, head = ''): void {
  if (node.type === 'scalar') comments.add({ head, line: node.line, foot: node.foot })
  else comments.add({ head: [head, node.content.head].filter((text) => text !== '').join('\n') })
}

function queueEnd({ comments }: Emitter, { line, foot }: EmitNode): void {
  comments.add({ line, foot })
}

/** Writes a node whose start is queued already, then the comments behind and below it. */
export function emitNode(emitter: Emitter, node: EmitNode, place: Place): void {
  const { comments } = emitter
  if (node.type === 'scalar') emitScalar(emitter, node.token, indentBelow(place, true))
  comments.writeLine(place.indent)
  comments.writeFoot(place.indent)
  if (node.type === 'scalar') return
  if (node.content.items.length === 0) emitEmpty(emitter, node, place)
  else if (node.type === 'map') emitMap(emitter, node, indentBelow(place))
  else emitList(emitter, node, indentBelow(place))
}

/** Below a list item two columns in, to skip its dash; elsewhere the next multiple of four. */
function indentBelow({ indent, isListItem }: Place, isFlow = false): number {
  if (indent < 0) return isFlow ? 4 : 0
  return isListItem ? indent + 2 : indent + 4 - (indent % 4)
}

function emitMap(emitter: Emitter, node: EmitNode & { type: 'map' }, indent: number): void {
  const { writer, comments } = emitter
  for (const { item, head, line } of node.content.items) {
    comments.add({ head })
    comments.writeHead(indent)
    writer.startLine(indent)
    comments.holdLine()
    emitPair(emitter, describeKey(item.key), {
      value: createEmitNode(item.value, line),
      indent,
    })
  }
  comments.add({ tail: node.content.foot })
  queueEnd(emitter, node)
  comments.writeHead(indent)
}

function emitPair(
  emitter: Emitter,
  key: ScalarToken,
  { value, indent }: { readonly value: EmitNode; readonly indent: number },
): void {
  const { writer, comments } = emitter
  const place = { indent, isListItem: false }
  if (isSimpleKey(key)) {
    emitScalar(emitter, key, indentBelow(place))
    queueStart(emitter, value)
    writer.attach(':')
  } else {
    writer.mark('?')
    emitScalar(emitter, key, indentBelow(place))
    queueStart(emitter, value)
    writer.startLine(indent)
    writer.mark(':')
  }
  comments.releaseLine(value.type === 'scalar', indent)
  emitNode(emitter, value, place)
}

function emitList(emitter: Emitter, node: EmitNode & { type: 'list' }, indent: number): void {
  const { writer, comments } = emitter
  const { items, foot } = node.content
  items.forEach(({ item, head, line }, index) => {
    const value = createEmitNode(item, line, index === items.length - 1 ? foot : '')
    queueStart(emitter, value, head)
    comments.writeHead(indent)
    writer.startLine(indent)
    writer.mark('-')
    emitNode(emitter, value, { indent, isListItem: true })
  })
  queueEnd(emitter, node)
}

/** A container without items; a comment in an empty map stands between the braces. */
function emitEmpty(emitter: Emitter, node: EmitNode & { type: 'map' | 'list' }, place: Place): void {
  const { writer, comments } = emitter
  writer.open(node.type === 'map' ? '{' : '[')
  queueEnd(emitter, node)
  if (node.type === 'map') comments.writeHead(indentBelow(place, true))
  writer.attach(node.type === 'map' ? '}' : ']')
  comments.writeLine(place.indent)
  comments.writeFoot(place.indent)
}
