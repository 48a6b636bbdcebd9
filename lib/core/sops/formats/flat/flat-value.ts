import { formatGeneral } from '../../../go/float-text.ts'
import { dropFraction } from '../../../go/timestamp.ts'
import type { TreeNode } from '../../tree.ts'

/**
 * A value as dotenv and INI files write it; `null` for what they cannot hold.
 * @see https://github.com/getsops/sops/blob/main/stores/stores.go (ValToString)
 */
export function formatFlatBytes(value: TreeNode): Uint8Array | null {
  if (value.type === 'bytes') return value.bytes
  const text = formatFlatText(value)
  return text === null ? null : Buffer.from(text)
}

function formatFlatText(value: TreeNode): string | null {
  switch (value.type) {
    case 'str':
      return value.text
    case 'int':
      return value.value.toString()
    case 'bool':
      return String(value.value)
    case 'time':
      return dropFraction(value.text)
    case 'float':
      return formatFlatFloat(value.value)
    case 'null':
      return '<nil>'
    default:
      return null
  }
}

/** With `.0` added to what would look like an integer. */
function formatFlatFloat(value: number): string {
  const text = formatGeneral(value).replace('e', 'E')
  return /^-?\d+$/.test(text) ? `${text}.0` : text
}
