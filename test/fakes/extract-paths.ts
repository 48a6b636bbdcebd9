import { parseSopsFile } from '../../lib/core/sops/sops-file.ts'
import type { SopsFormat } from '../../lib/core/sops/sops-format.ts'
import type { TreeNode } from '../../lib/core/sops/tree.ts'

/** The paths, as `--extract` takes them, to every value of the first document of an encrypted file. */
export function listExtractPaths(bytes: Uint8Array, format: SopsFormat): string[] {
  const [first] = parseSopsFile(bytes, format).branches
  return first ? listBelow(first, '') : []
}

function listBelow(node: TreeNode, path: string): string[] {
  const children: [string, TreeNode][] = []
  if (node.type === 'map') {
    for (const item of node.items) {
      // Nothing escapes a quote or a bracket in a path, and arguments are UTF-8.
      if (item.type === 'pair' && item.key.isWellFormed() && !/["'[\]]/.test(item.key))
        children.push([`${path}["${item.key}"]`, item.value])
    }
  }
  if (node.type === 'list') {
    for (const [index, item] of node.items.entries()) children.push([`${path}[${index}]`, item])
  }
  return children.flatMap(([step, child]) => [step, ...listBelow(child, step)])
}
