import { parseSearchPattern } from '../select/pattern.ts'
import { getField } from '../yaml/fields.ts'
import { formatNode } from '../yaml/format.ts'
import {
  createMapping,
  createScalar,
  createSequence,
  type Entry,
  isNullish,
  type Node,
} from '../yaml/node.ts'
import { createPathError, isItemKey, parseIndex, parseItemKey } from './field-path.ts'
import { itemsOf } from './lookup-field.ts'
import { parseStructuredText } from './structured-text.ts'

/** A place that a value can be put at. */
export interface Slot {
  readonly node: Node
  replace(node: Node): void
}

export interface Match {
  readonly file: string
  /** The kind of the node to make where there is none; nothing is made where it is absent. */
  readonly create?: Node['kind']
}

/**
 * Every place that a field path leads to. Parts are names, `*` for all items of a list, an index, and `[field=pattern]`
 * for the items of which a field matches an RE2 expression.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/match.go (PathMatcher)
 * @throws {SyncError} KustomizeReplacementFailed, PatternInvalid
 */
export function matchPath(slot: Slot, path: readonly string[], match: Match): readonly Slot[] {
  const [part, ...rest] = path
  if (part === undefined) return [slot]
  const index = parseIndex(part)
  if (index !== null && index >= 0) return matchIndex(slot.node, { index, rest }, match)
  if (isItemKey(part)) return matchItems(slot.node, { part, rest }, match)
  if (part === '*') return listSlots(slot.node, match.file).flatMap((item) => matchPath(item, rest, match))
  return matchField(slot.node, { part, rest }, match)
}

function matchField(
  node: Node,
  path: { part: string; rest: readonly string[] },
  match: Match,
): readonly Slot[] {
  const { part, rest } = path
  const found = findField(node, part, match)
  if (found === undefined && match.create === undefined) return []
  const field = found ?? addField(node, part, createFor(rest[0], match.create))
  // A text below a text would be its content, but what is set there is never written back.
  if (field.node.kind !== 'scalar' || rest.length === 0) return matchPath(field, rest, match)
  const root = parseStructuredText(field.node, match.file)
  return matchPath({ node: root, replace: () => undefined }, rest, match)
}

function findField(node: Node, name: string, { file }: Match): Slot | undefined {
  if (isNullish(node)) return undefined
  if (node.kind !== 'mapping' || name === '') throw createPathError(file, 'map expected')
  const entry = node.entries.find(({ key }) => key.value === name)
  return entry && entrySlot(entry)
}

/** A field of a null is made, too, but leads nowhere. */
function addField(node: Node, name: string, value: Node): Slot {
  const entry: Entry = { key: createScalar(name), value }
  if (node.kind === 'mapping') node.entries.push(entry)
  return entrySlot(entry)
}

function entrySlot(entry: Entry): Slot {
  return {
    node: entry.value,
    replace: (next) => {
      entry.value = next
    },
  }
}

/** What a path needs before its next part; after the last one it is what will be set. */
function createFor(next: string | undefined, last: Node['kind'] = 'scalar'): Node {
  if (next !== undefined && (isItemKey(next) || (parseIndex(next) ?? -1) >= 0)) return createSequence()
  return createNode(next === undefined || next === '' ? last : 'mapping')
}

function createNode(kind: Node['kind']): Node {
  if (kind === 'scalar') return createScalar('')
  return kind === 'mapping' ? createMapping() : createSequence()
}

function listSlots(node: Node, file: string): readonly Slot[] {
  return itemsOf(node, file).map((item, at) => slotOf(node, item, at))
}

function slotOf(list: Node, item: Node, at: number): Slot {
  return {
    node: item,
    replace: (next) => {
      if (list.kind === 'sequence') list.items[at] = next
    },
  }
}

function matchIndex(
  node: Node,
  path: { index: number; rest: readonly string[] },
  match: Match,
): readonly Slot[] {
  const { index, rest } = path
  const { length } = itemsOf(node, match.file)
  const list = node.kind === 'sequence' ? node : createSequence()
  if (length === index && match.create !== undefined) list.items.push(createFor(rest[0], match.create))
  const slot = listSlots(list, match.file)[index]
  if (slot === undefined) throw createPathError(match.file, 'index beyond the end of the list')
  return matchPath(slot, rest, match)
}

function matchItems(
  node: Node,
  { part, rest }: { part: string; rest: readonly string[] },
  match: Match,
): readonly Slot[] {
  const { field, value } = parseItemKey(part, match.file)
  const isMatch = parseSearchPattern(value, match.file)
  itemsOf(node, match.file)
  const list = node.kind === 'sequence' ? node : createSequence()
  const find = () =>
    listSlots(list, match.file).flatMap((slot) => {
      const tested = field === '' ? slot.node : getField(slot.node, field)
      if (tested === undefined || !isMatch(formatNode(tested, match.file).trim())) return []
      // What follows an item of a list of scalars is not looked at.
      return field === '' ? [slot] : matchPath(slot, rest, match)
    })
  const found = find()
  if (found.length > 0 || match.create === undefined) return found
  list.items.push(createItem(field, value))
  return find()
}

function createItem(field: string, value: string): Node {
  const scalar = createScalar(value)
  return field === '' ? scalar : createMapping([{ key: createScalar(field), value: scalar }])
}
