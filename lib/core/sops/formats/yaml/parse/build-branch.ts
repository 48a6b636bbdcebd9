import type { Branch, Comment, Pair, TreeNode } from '../../../tree.ts'
import { type AliasBudget, createAliasBudget } from './alias-budget.ts'
import { failAtLine } from './fail-at-line.ts'
import { createEmptyNode } from './parser.ts'
import { isMergeKey, resolveScalar } from './resolve-scalar.ts'
import type { AliasNode, MapNode, ScalarNode, SyntaxDocument, SyntaxNode, SyntaxPair } from './syntax-node.ts'

interface TreeBuilder {
  readonly budget: AliasBudget
  /** Targets of the aliases that are being expanded. */
  readonly open: Set<SyntaxNode>
}

type MapItem = Pair | Comment

/**
 * The tree that sops makes of a document: aliases expanded in place, merge keys kept, comments as items.
 * @throws {SyncError} SopsFileUnreadable: a root that is no map, a key that is there twice or no scalar, an alias
 *   within its own target, an alias bomb
 * @see https://github.com/getsops/sops/blob/main/stores/yaml/store.go
 */
export function buildBranch({ root, head, foot }: SyntaxDocument): Branch {
  const builder = { budget: createAliasBudget(), open: new Set<SyntaxNode>() }
  return {
    type: 'map',
    items: [...listComments(head), ...buildRoot(builder, root), ...listComments(foot)],
  }
}

function buildRoot(builder: TreeBuilder, node: SyntaxNode): MapItem[] {
  const { head, line, foot } = node.comments
  const above = [...listComments(head), ...listComments(line)]
  switch (node.type) {
    case 'map':
      return [...above, ...buildPairs(builder, withoutNullValues(node)), ...listComments(foot)]
    case 'alias':
      return [
        ...above,
        ...expand(builder, node, (target) => buildRoot(builder, target)),
        ...listComments(foot),
      ]
    case 'scalar':
      if (resolveScalar(node).type === 'null') return above
      throw failAtLine(node.line)
    case 'list':
      throw failAtLine(node.line)
  }
}

/** What stands under the key null of the root is never looked at: sops goes on to refuse the key itself. */
function withoutNullValues(root: MapNode): MapNode {
  const isNull = (key: SyntaxNode) => key.type === 'scalar' && resolveScalar(key).type === 'null'
  const pairs = root.pairs.map(({ key, value }) =>
    isNull(key) ? { key, value: createEmptyNode(value.line) } : { key, value },
  )
  return { ...root, pairs }
}

/** @param ownComments whether the comments of a container go into it, as its first and last items */
function buildNode(builder: TreeBuilder, node: SyntaxNode, ownComments: boolean): TreeNode {
  if (!builder.budget.spend(builder.open.size > 0)) throw failAtLine(node.line)
  switch (node.type) {
    case 'scalar':
      return resolveScalar(node)
    case 'alias':
      return expand(builder, node, (target) => buildNode(builder, target, true))
    case 'map':
      return { type: 'map', items: surround(node, ownComments, buildPairs(builder, node)) }
    case 'list':
      return { type: 'list', items: surround(node, ownComments, buildItems(builder, node.items)) }
  }
}

function surround<Item>({ comments }: SyntaxNode, ownComments: boolean, items: Item[]): (Item | Comment)[] {
  const { head, line, foot } = comments
  if (!ownComments || (head === '' && line === '' && foot === '')) return items
  return [...listComments(head), ...listComments(line), ...items, ...listComments(foot)]
}

function expand<Result>(
  { open }: TreeBuilder,
  { target, line }: AliasNode,
  build: (target: SyntaxNode) => Result,
): Result {
  if (open.has(target)) throw failAtLine(line)
  open.add(target)
  const result = build(target)
  open.delete(target)
  return result
}

function buildItems(builder: TreeBuilder, nodes: readonly SyntaxNode[]): TreeNode[] {
  const items: TreeNode[] = []
  for (const node of nodes) {
    const { head, line, foot } = node.comments
    pushComments(items, head)
    pushComments(items, line, true)
    items.push(buildNode(builder, node, false))
    pushComments(items, foot)
  }
  return items
}

function buildPairs(builder: TreeBuilder, { pairs }: MapNode): MapItem[] {
  const items: MapItem[] = []
  const seen = new Set<string>()
  for (const pair of pairs) {
    const key = keyOf(pair.key)
    if (seen.has(key.value)) throw failAtLine(key.line)
    seen.add(key.value)
    if (isMergeKey(key)) assertMergeable(pair.value)
    pushPair(builder, items, pair)
  }
  return items
}

function pushPair(builder: TreeBuilder, items: MapItem[], { key, value }: SyntaxPair): void {
  const isLeaf = value.type === 'scalar' || value.type === 'alias'
  pushComments(items, key.comments.head)
  pushComments(items, key.comments.line)
  if (isLeaf) {
    pushComments(items, value.comments.head)
    pushComments(items, value.comments.line, true)
  }
  items.push(createPair(keyOf(key), buildNode(builder, value, !isLeaf)))
  if (isLeaf) pushComments(items, value.comments.foot)
  pushComments(items, key.comments.foot)
}

function createPair(key: ScalarNode, value: TreeNode): Pair {
  const resolved = resolveScalar(key)
  if (resolved.type === 'str') return { type: 'pair', key: resolved.text, value }
  return { type: 'pair', key: key.value, value: { type: 'unsupported', found: 'key' } }
}

function keyOf(key: SyntaxNode): ScalarNode {
  if (key.type === 'scalar') return key
  if (key.type === 'alias') return keyOf(key.target)
  throw failAtLine(key.line)
}

/** @see https://github.com/yaml/go-yaml/blob/v3/decode.go (merge) */
function assertMergeable(value: SyntaxNode): void {
  const isMap = (node: SyntaxNode) => (node.type === 'alias' ? node.target : node).type === 'map'
  if (isMap(value) || (value.type === 'list' && value.items.every(isMap))) return
  throw failAtLine(value.line)
}

/** The lines of a comment without their marks; empty ones are left out. */
function listComments(text: string, inline = false): Comment[] {
  const items: Comment[] = []
  pushComments(items, text, inline)
  return items
}

function pushComments(items: (MapItem | TreeNode)[], text: string, inline = false): void {
  if (text === '') return
  for (const line of text.split('\n')) {
    if (line === '') continue
    items.push(
      inline ? { type: 'comment', text: line.slice(1), inline } : { type: 'comment', text: line.slice(1) },
    )
  }
}
