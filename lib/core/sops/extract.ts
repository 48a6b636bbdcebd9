import { SyncError } from '../errors.ts'
import { formats } from './formats/index.ts'
import type { SopsFormat } from './sops-format.ts'
import { type Branch, findValue, type TreeNode } from './tree.ts'

/** Keys, and indexes of list items, from the root to a value. */
export type ExtractPath = readonly (string | number)[]

const component = /^(?:"(.*)"|'(.*)'|([+-]?\d+))\]$/s

/**
 * Reads a path as `--extract` of sops takes it: `["key"][0]`, where quotes escape nothing.
 * @throws {SyncError} SopsPathInvalid
 */
export function parseExtractPath(text: string): ExtractPath {
  const [before, ...components] = text.split('[')
  if (before !== '' || components.length === 0) throw new SyncError('SopsPathInvalid')
  return components.map((part) => {
    const match = component.exec(part)
    if (!match) throw new SyncError('SopsPathInvalid')
    const [, double, single, index] = match
    return double ?? single ?? Number(index)
  })
}

/**
 * What `sops -d --extract` prints: a string as it is, a map as a file of its own, anything else as the format writes it.
 * @throws {SyncError} SopsPathMissing, SopsOutputUnsupported
 */
export function formatExtracted(
  branches: readonly Branch[],
  path: ExtractPath,
  outputFormat: SopsFormat,
): Uint8Array {
  const [first, ...others] = branches
  const value = first && findAt(first, path)
  if (!value) throw new SyncError('SopsPathMissing', { data: { path: path.map(String) } })
  switch (value.type) {
    case 'str':
      return Buffer.from(value.text)
    case 'bytes':
      return value.bytes
    case 'map':
      return formats[outputFormat].emit([value, ...others])
    default:
      return formats[outputFormat].emitValue(value)
  }
}

function findAt(root: TreeNode, path: ExtractPath): TreeNode | undefined {
  let node: TreeNode | undefined = root
  for (const step of path) {
    if (node?.type === 'map' && typeof step === 'string') node = findValue(node, step)
    else if (node?.type === 'list' && typeof step === 'number') node = node.items[step]
    else return undefined
  }
  return node
}
