import { formatGeneral } from '../../go/float-text.ts'
import { chooseScalarStyle } from '../../yaml/scalar-style.ts'
import { compareUtf8, isJsonList, isJsonMap, type Json, type JsonMap } from './json.ts'
import {
  createMapping,
  createScalar,
  createSequence,
  type Mapping,
  type Node,
  type Scalar,
  tags,
} from './node.ts'
import { resolveTag } from './resolve.ts'

/**
 * A tree for values, styled as go-yaml would write them: what a tree looks like to kustomize after a JSON patch.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/encode.go
 */
export function encodeJson(value: JsonMap): Mapping
export function encodeJson(value: Json): Node
export function encodeJson(value: Json): Node {
  if (isJsonMap(value)) {
    const keys = [...value.keys()].sort(compareUtf8)
    return createMapping(
      keys.map((key) => ({ key: encodeText(key), value: encodeJson(value.get(key) ?? null) })),
    )
  }
  if (isJsonList(value)) return createSequence(value.map(encodeJson))
  return encodeScalar(value)
}

/** One value that is no list or map. */
export function encodeScalar(value: null | boolean | string | bigint | number): Scalar {
  if (typeof value === 'string') return encodeText(value)
  if (value === null) return createScalar('null', { tag: tags.null })
  const text = typeof value === 'number' ? formatGeneral(value) : String(value)
  return createScalar(text, { tag: resolveTag(text) })
}

function encodeText(text: string): Scalar {
  return createScalar(text, { tag: tags.string, style: chooseScalarStyle(text) })
}
