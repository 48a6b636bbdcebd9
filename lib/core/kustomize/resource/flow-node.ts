import { formatGoJson, isJsonList, isJsonMap, type Json } from '../yaml/json.ts'
import { createMapping, createScalar, createSequence, type Node, type Scalar, tags } from '../yaml/node.ts'
import { resolveTag } from '../yaml/resolve.ts'

/** The tree of a value that was written as JSON and read as YAML: flow style, texts in double quotes. */
export function flowNode(value: Json): Node {
  if (isJsonMap(value)) {
    const entries = [...value].map(([key, part]) => ({ key: quoted(key), value: flowNode(part) }))
    return { ...createMapping(entries), flow: true }
  }
  if (isJsonList(value)) return { ...createSequence(value.map(flowNode)), flow: true }
  if (typeof value === 'string') return quoted(value)
  const text = formatGoJson(value)
  return createScalar(text, { tag: resolveTag(text) })
}

function quoted(text: string): Scalar {
  return createScalar(text, { tag: tags.string, style: 'double' })
}
