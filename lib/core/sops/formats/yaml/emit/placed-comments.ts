import type { Comment } from '../../../tree.ts'

/** An item with the comments above it and behind it. */
export interface CommentedItem<Item> {
  readonly item: Item
  readonly head: string
  readonly line: string
}

/** The content of a map or list as sops hands it to go-yaml; comments as text that starts with `#`, or empty. */
export interface PlacedComments<Item> {
  /** What stands before the first item belongs to the container. */
  readonly head: string
  readonly items: readonly CommentedItem<Item>[]
  /** What stands after the last one. */
  readonly foot: string
}

/** @see https://github.com/getsops/sops/blob/main/stores/yaml/store.go (appendTreeBranch, appendSequence) */
export function placeComments<Item extends { readonly type: string }>(
  nodes: readonly (Item | Comment)[],
): PlacedComments<Item> {
  const items: CommentedItem<Item>[] = []
  let ownHead = ''
  let head: string[] = []
  let line: string[] = []
  for (const node of nodes) {
    if (isComment(node)) {
      if (node.inline === true) line.push(node.text)
      else head.push(node.text)
      continue
    }
    if (items.length === 0) {
      ownHead = formatComment(head)
      head = []
    }
    items.push({ item: node, head: formatComment(head), line: formatComment(line) })
    head = []
    line = []
  }
  const rest = formatComment([...head, ...line])
  return items.length === 0 ? { head: rest, items, foot: '' } : { head: ownHead, items, foot: rest }
}

function isComment(node: { readonly type: string }): node is Comment {
  return node.type === 'comment'
}

function formatComment(texts: readonly string[]): string {
  return texts.map((text) => `#${text}`).join('\n')
}
