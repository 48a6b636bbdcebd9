import { SyncError } from '../../../errors.ts'
import type { Pair, TreeMap, TreeNode } from '../../tree.ts'

const separator = /__(map|list)_/

interface FlatNode {
  value?: TreeNode
  readonly children: Map<string, FlatNode>
  readonly items: Map<number, FlatNode>
}

/**
 * Rebuilds nested metadata from the flat keys that dotenv and INI files carry: `a__map_b` is key `b` of map `a`,
 * `a__list_0` the first item of list `a`.
 * @throws {SyncError} SopsMetadataInvalid
 * @see https://github.com/getsops/sops/blob/main/stores/flatten.go
 */
export function unflatten(pairs: readonly Pair[]): TreeMap {
  const root = createNode()
  for (const { key, value } of pairs) {
    const node = locate(root, key)
    if (node.value) throw new SyncError('SopsMetadataInvalid', { data: { field: key } })
    node.value = value
  }
  const tree = convert(root, '')
  return tree.type === 'map' ? tree : { type: 'map', items: [] }
}

function createNode(): FlatNode {
  return { children: new Map(), items: new Map() }
}

function locate(root: FlatNode, path: string): FlatNode {
  const [first = '', ...rest] = path.split(separator)
  let node = childOf(root.children, first)
  for (let at = 0; at < rest.length; at += 2) {
    const name = rest[at + 1] ?? ''
    node =
      rest[at] === 'map' ? childOf(node.children, name) : childOf(node.items, Number.parseInt(name, 10) || 0)
  }
  return node
}

function childOf<Key>(children: Map<Key, FlatNode>, key: Key): FlatNode {
  const known = children.get(key)
  if (known) return known
  const created = createNode()
  children.set(key, created)
  return created
}

function convert(node: FlatNode, field: string): TreeNode {
  const kinds = [node.value !== undefined, node.children.size > 0, node.items.size > 0].filter(Boolean)
  if (kinds.length > 1) throw new SyncError('SopsMetadataInvalid', { data: { field } })
  if (node.value) return node.value
  if (node.items.size > 0) return { type: 'list', items: convertItems(node.items, field) }
  return {
    type: 'map',
    items: [...node.children].map(([key, child]) => ({ type: 'pair', key, value: convert(child, key) })),
  }
}

function convertItems(items: FlatNode['items'], field: string): TreeNode[] {
  return Array.from({ length: items.size }, (_, index) => {
    const item = items.get(index)
    if (!item) throw new SyncError('SopsMetadataInvalid', { data: { field, missingItem: index } })
    return convert(item, field)
  })
}
