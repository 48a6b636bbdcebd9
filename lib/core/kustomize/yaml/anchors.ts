import { SyncError } from '../../errors.ts'
import { copyNode, measureNode, type Node } from './node.ts'
import { createSourceError, type YamlSource } from './source.ts'

/** The anchors of one document. Each alias becomes a copy of what it names, as kustomize expands them. */
export interface Anchors {
  open(name: string): void
  close(name: string, node: Node): void
  /** @throws {SyncError} KustomizeTooLarge where copies exceed the limit */
  expand(name: string): Node
}

/** Of one document. kustomize itself has no limit: 600 bytes of nested aliases take it to a million nodes. */
const copiedBytesLimit = 16 * 1024 * 1024

export function createAnchors(source: YamlSource): Anchors {
  const anchored = new Map<string, { node: Node; sizeBytes: number } | 'open'>()
  let copiedBytes = 0
  return {
    open: (name) => void anchored.set(name, 'open'),
    close: (name, node) => void anchored.set(name, { node, sizeBytes: measureNode(node) }),
    expand: (name) => {
      const anchor = anchored.get(name)
      if (anchor === undefined) throw createSourceError(source, 'alias of an unknown anchor')
      if (anchor === 'open') throw createSourceError(source, 'alias of a value that contains it')
      copiedBytes += anchor.sizeBytes
      source.budget?.spend(anchor.sizeBytes, source.file)
      if (copiedBytes > copiedBytesLimit) {
        throw new SyncError('KustomizeTooLarge', { data: { file: source.file, reason: 'aliases' } })
      }
      return copyNode(anchor.node)
    },
  }
}
