import { Composer, isAlias, isMap, isScalar, isSeq, type Node, Parser } from 'yaml'
import { SyncError } from '../../errors.ts'
import type { Format } from '../sops-format.ts'
import { separateSopsKey } from '../sops-key.ts'
import { decodeText, encodeText } from '../text.ts'
import type { Branch, TreeNode } from '../tree.ts'
import { formatYaml } from './yaml/emit.ts'
import { resolvePlain } from './yaml/resolve.ts'

export const yamlFormat: Format = {
  parse: (bytes) => separateSopsKey(parseYaml(decodeText(bytes))),
  emit: (branches) => encodeText(formatYaml(branches)),
  emitValue: (value) => encodeText(formatYaml([value])),
}

function parseYaml(text: string): Branch[] {
  const composer = new Composer({ schema: 'failsafe', uniqueKeys: true })
  return [...composer.compose(new Parser().parse(text))].map((document) => {
    if (document.errors.length > 0) throw new SyncError('SopsFileUnreadable')
    const node = document.contents ? convert(document.contents) : ({ type: 'map', items: [] } as const)
    if (node.type !== 'map') throw new SyncError('SopsFileUnreadable')
    return node
  })
}

function convert(node: Node): TreeNode {
  if (isMap<Node, Node>(node)) {
    return {
      type: 'map',
      items: node.items.map(({ key, value }) => ({
        type: 'pair',
        key: isScalar(key) ? String(key.value) : '',
        value: value ? convert(value) : { type: 'null' },
      })),
    }
  }
  if (isSeq<Node>(node)) return { type: 'list', items: node.items.map(convert) }
  if (isAlias(node) || !isScalar(node)) throw new SyncError('SopsFileUnreadable')
  if (node.type === 'PLAIN') return resolvePlain(String(node.source))
  return { type: 'str', text: String(node.value) }
}
