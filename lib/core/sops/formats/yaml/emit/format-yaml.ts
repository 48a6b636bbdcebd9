import type { TreeNode } from '../../../tree.ts'
import { createEmitNode, emitNode, queueStart } from './emit-node.ts'
import { createEmitter, type Emitter } from './emitter.ts'

/**
 * Documents as sops writes them, to the byte: block style, indented by four, every value in the style that go-yaml
 * would choose.
 * @throws {SyncError} SopsOutputUnsupported for what no document can hold
 * @see https://github.com/yaml/go-yaml/blob/v3/emitterc.go
 */
export function formatYaml(documents: readonly TreeNode[]): string {
  const emitter = createEmitter()
  const { writer } = emitter
  documents.forEach((document, index) => {
    if (index > 0) {
      writer.startLine(-1)
      writer.token('---')
      writer.startLine(-1)
    }
    emitDocument(emitter, document)
  })
  return writer.text()
}

function emitDocument(emitter: Emitter, document: TreeNode): void {
  const { writer, comments } = emitter
  const place = { indent: -1, isListItem: false }
  const node = createEmitNode(document)
  queueStart(emitter, node)
  comments.writeHead(place.indent)
  emitNode(emitter, node, place)
  writer.separate(0)
  comments.writeFoot(place.indent)
  writer.separate(-1)
  writer.startLine(place.indent)
}
