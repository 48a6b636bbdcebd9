import { getField } from '../yaml/fields.ts'
import { isNullish, type Mapping, type Node } from '../yaml/node.ts'
import { createPathError, isItemKey, parseIndex, parseItemKey } from './field-path.ts'

/**
 * The node at the end of a field path, or `undefined`. `-` is the last item of a list; a wildcard is no single node.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/fns.go (PathGetter)
 * @throws {SyncError} KustomizeReplacementFailed where the path does not fit the object
 */
export function lookupField(root: Mapping, path: readonly string[], file: string): Node | undefined {
  let node: Node | undefined = root
  for (const part of path.map((name) => name.trim())) {
    if (part === '') continue
    if (node === undefined) return undefined
    node = lookupPart(node, part, file)
  }
  return node
}

function lookupPart(node: Node, part: string, file: string): Node | undefined {
  const index = part === '-' ? -1 : parseIndex(part)
  if (index !== null) {
    if (index < 0 && part !== '-') throw createPathError(file, 'negative index')
    return itemsOf(node, file).at(index)
  }
  if (part === '*') throw createPathError(file, 'wildcard where one field is wanted')
  if (isItemKey(part)) return findItem(node, part, file)
  if (isNullish(node)) return undefined
  if (node.kind !== 'mapping') throw createPathError(file, 'map expected')
  return getField(node, part)
}

function findItem(list: Node, part: string, file: string): Node | undefined {
  const { field, value } = parseItemKey(part, file)
  const isMatch = (node: Node | undefined) => node !== undefined && textOf(node) === value
  const items = itemsOf(list, file)
  if (field === '') return items.find(isMatch)
  return items.find((item) => !isNullish(item) && isMatch(getField(item, field)))
}

function textOf(node: Node): string {
  return node.kind === 'scalar' ? node.value : ''
}

/** The items of a list; a null has none. @throws {SyncError} KustomizeReplacementFailed */
export function itemsOf(node: Node, file: string): readonly Node[] {
  if (isNullish(node)) return []
  if (node.kind !== 'sequence') throw createPathError(file, 'list expected')
  return node.items
}
