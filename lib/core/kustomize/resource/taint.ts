import type { Mapping, Node } from '../yaml/node.ts'

/** Where a Secret or ConfigMap keeps its values. */
export const valueFields = ['data', 'stringData', 'binaryData'] as const

/** What SOPS leaves readable in all but wholly encrypted manifests, where publishing it is what the author asked for. */
const publicFields = ['apiVersion', 'kind', 'metadata', 'type', 'immutable']

/**
 * Taints what a manifest or patch from an encrypted file holds, of any kind, since replacements may copy from it. Its
 * name, labels and other public fields are left out.
 */
export function taintValues(root: Mapping): void {
  for (const { key, value } of root.entries) if (!publicFields.includes(key.value)) taintNode(value)
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
