import type { Comment, Pair, TreeNode } from '../../tree.ts'
import { formatJson } from '../json/emit.ts'

/**
 * A value as Go's `encoding/json` prints what sops holds it in: what `--extract` gives for values that INI cannot hold.
 * @throws {SyncError} SopsOutputUnsupported for an infinity or a NaN
 */
export function formatGoStructure(node: TreeNode): string {
  switch (node.type) {
    case 'map':
      return `[${node.items.map(formatItem).join(',')}]`
    case 'list':
      // A slice that nothing was ever appended to is nil.
      return node.items.length === 0 ? 'null' : `[${node.items.map(formatGoStructure).join(',')}]`
    case 'comment':
      return formatComment(node)
    default:
      return formatJson(node)
  }
}

function formatItem(item: Pair | Comment): string {
  if (item.type === 'comment') return `{"Key":${formatComment(item)},"Value":null}`
  return `{"Key":${formatJson({ type: 'str', text: item.key })},"Value":${formatGoStructure(item.value)}}`
}

function formatComment({ text, inline = false }: Comment): string {
  return `{"Value":${formatJson({ type: 'str', text })},"Inline":${inline}}`
}
