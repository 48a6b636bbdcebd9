import { describe, expect, it } from 'vitest'
import {
  createEmitNode,
  emitNode,
  queueStart,
} from '../../../../../../../lib/core/sops/formats/yaml/emit/emit-node.ts'
import { createEmitter } from '../../../../../../../lib/core/sops/formats/yaml/emit/emitter.ts'
import type { TreeNode } from '../../../../../../../lib/core/sops/tree.ts'

const int: TreeNode = { type: 'int', value: 1n }
const list = (...items: TreeNode[]): TreeNode => ({ type: 'list', items })

/** A node as the value of a key at column 4, or as a list item there. */
function emit(tree: TreeNode, isListItem: boolean): string {
  const emitter = createEmitter()
  const node = createEmitNode(tree, '# l')
  queueStart(emitter, node, '# h')
  emitter.comments.writeHead(4)
  emitter.writer.startLine(4)
  emitter.writer.mark('-')
  emitNode(emitter, node, { indent: 4, isListItem })
  return emitter.writer.text()
}

describe('emitNode', () => {
  it('writes a scalar with the comments above and behind it', () => {
    expect(emit(int, true)).toBe('    # h\n    - 1 # l\n')
  })

  it('indents by two below a dash, else to the next multiple of four', () => {
    expect(emit(list(int, int), true)).toBe('    # h\n    - - 1\n      - 1')
    expect(emit(list(int, int), false)).toBe('    # h\n    -   - 1\n        - 1')
  })

  it('writes empty containers on their line', () => {
    expect(emit(list(), true)).toBe('    # h\n    - [] # l\n')
    expect(emit({ type: 'map', items: [] }, true)).toBe('    # h\n    - {} # l\n')
  })

  it.each([
    { type: 'comment', text: '' },
    { type: 'unsupported', found: 'key' },
  ] as const)('refuses what no document can hold', (node) => {
    expect(() => createEmitNode(node)).toThrow(expect.objectContaining({ code: 'SopsOutputUnsupported' }))
  })
})
