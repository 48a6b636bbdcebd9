import { getField } from '../yaml/fields.ts'
import type { Mapping, Node } from '../yaml/node.ts'

/** Where a Secret or ConfigMap keeps its values. */
export const valueFields = ['data', 'stringData', 'binaryData'] as const

/**
 * Taints the values of a manifest or patch from an encrypted file. Its name, labels and other public fields are not:
 * SOPS leaves them readable in all but wholly encrypted manifests, where publishing them is what the author asked for.
 */
export function taintValues(root: Mapping): void {
  for (const field of valueFields) taintNode(getField(root, field))
}

/** Taints every text below the node. */
export function taintNode(node: Node | undefined): void {
  switch (node?.kind) {
    case 'scalar':
      node.tainted = true
      return
    case 'mapping':
      for (const { value } of node.entries) taintNode(value)
      return
    case 'sequence':
      for (const item of node.items) taintNode(item)
      return
    case undefined:
  }
}

/** Whether any text below the node is tainted, keys included. */
export function isTainted(node: Node | undefined): boolean {
  switch (node?.kind) {
    case 'scalar':
      return node.tainted
    case 'mapping':
      return node.entries.some(({ key, value }) => key.tainted || isTainted(value))
    case 'sequence':
      return node.items.some(isTainted)
    case undefined:
      return false
  }
}
