import { SyncError } from '../../errors.ts'
import { copyNode, type Node } from './node.ts'
import { createSourceError, type YamlSource } from './source.ts'

/** The anchors of one document. Each alias becomes a copy of what it names, as kustomize expands them. */
export interface Anchors {
  open(name: string): void
  close(name: string, node: Node): void
  /** @throws {SyncError} KustomizeTooLarge where copies exceed the limit */
  expand(name: string): Node
}

/** kustomize itself has no limit: 600 bytes of nested aliases take it to a million nodes. */
const copiedNodesLimit = 100_000

export function createAnchors(source: YamlSource): Anchors {
  const anchored = new Map<string, { node: Node; size: number } | 'open'>()
  let copied = 0
  return {
    open: (name) => void anchored.set(name, 'open'),
    close: (name, node) => void anchored.set(name, { node, size: countNodes(node) }),
    expand: (name) => {
      const anchor = anchored.get(name)
      if (anchor === undefined) throw createSourceError(source, 'alias of an unknown anchor')
      if (anchor === 'open') throw createSourceError(source, 'alias of a value that contains it')
      copied += anchor.size
      if (copied > copiedNodesLimit) {
        throw new SyncError('KustomizeTooLarge', { data: { file: source.file, reason: 'aliases' } })
      }
      return copyNode(anchor.node)
    },
  }
}

function countNodes(node: Node): number {
  switch (node.kind) {
    case 'scalar':
      return 1
    case 'mapping':
      return node.entries.reduce((sum, entry) => sum + 1 + countNodes(entry.value), 1)
    case 'sequence':
      return node.items.reduce((sum, item) => sum + countNodes(item), 1)
  }
}
