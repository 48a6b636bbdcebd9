import { formatGeneral } from '../../../go/float-text.ts'
import type { Comment, Pair, TreeNode } from '../../tree.ts'

/**
 * A value as Go's `fmt` prints it with the verb v: what sops writes into INI files for values that do not fit, however
 * little use that is.
 */
export function formatGoValue(node: TreeNode): string {
  switch (node.type) {
    case 'map':
      return `[${node.items.map(formatGoItem).join(' ')}]`
    case 'list':
      return `[${node.items.map(formatGoValue).join(' ')}]`
    case 'comment':
      return `{${node.text} ${node.inline === true}}`
    case 'str':
      return node.text
    case 'bytes':
      return Buffer.from(node.bytes).toString('utf8')
    case 'int':
    case 'bool':
      return String(node.value)
    case 'float':
      return formatGeneral(node.value)
    case 'time':
      return formatGoTime(node.text)
    case 'null':
    case 'unsupported':
      return '<nil>'
  }
}

function formatGoItem(item: Pair | Comment): string {
  return item.type === 'pair'
    ? `{${item.key} ${formatGoValue(item.value)}}`
    : `{${formatGoValue(item)} <nil>}`
}

/** An offset stands for the name of its zone, too. */
function formatGoTime(timestamp: string): string {
  const [, date = '', time = '', zone = ''] = /^(.*)T([\d:.]*)(.*)$/.exec(timestamp) ?? []
  const offset = zone.replace(':', '')
  return zone === 'Z' ? `${date} ${time} +0000 UTC` : `${date} ${time} ${offset} ${offset}`
}
