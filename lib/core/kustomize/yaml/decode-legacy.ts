import type { Json } from './json.ts'
import { type Mapping, type Node, type Scalar, tags } from './node.ts'
import { resolvePlain } from './resolve.ts'
import { createSourceError, type YamlSource } from './source.ts'

/**
 * The values of a tree by YAML 1.1, as go-yaml v2 and `sigs.k8s.io/yaml` turn kustomization files and JSON patches
 * into JSON: `yes`, `on`, `n` are booleans, dates stay text, keys become text.
 * @see https://github.com/kubernetes-sigs/yaml/blob/v1.6.0/yaml.go (YAMLToJSON)
 * @throws {SyncError} the code of `source`
 */
export function decodeLegacy(node: Node, source: YamlSource): Json {
  switch (node.kind) {
    case 'scalar':
      return decodeScalar(node, source)
    case 'sequence':
      return node.items.map((item) => decodeLegacy(item, source))
    case 'mapping':
      return decodeMapping(node, source)
  }
}

function decodeMapping(node: Mapping, source: YamlSource): Json {
  const map = new Map<string, Json>()
  for (const { key, value } of node.entries) {
    const name = decodeKey(key, source)
    if (map.has(name)) throw createSourceError(source, 'duplicate key')
    map.set(name, decodeLegacy(value, source))
  }
  return map
}

function decodeKey(key: Scalar, source: YamlSource): string {
  const value = decodeScalar(key, source)
  if (value === null) throw createSourceError(source, 'null as a key')
  // kustomize prints a float key with 32 bits, which JavaScript cannot.
  if (typeof value === 'number') throw createSourceError(source, 'float as a key')
  // Nor does it take an integer that only fits without a sign.
  if (typeof value === 'bigint' && value >= 1n << 63n)
    throw createSourceError(source, 'large integer as a key')
  return String(value)
}

const trueWords = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON'])
const falseWords = new Set(['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF'])

function decodeScalar(node: Scalar, source: YamlSource): Json {
  if (node.tagged && node.tag === tags.binary) throw createSourceError(source, 'explicit tag')
  if (node.tagged || node.style !== 'plain') return node.value
  if (trueWords.has(node.value)) return true
  if (falseWords.has(node.value)) return false
  const resolved = resolvePlain(node.value)
  if (resolved.tag === tags.timestamp) return node.value
  if (typeof resolved.value === 'number' && !Number.isFinite(resolved.value)) {
    throw createSourceError(source, 'number that JSON does not have')
  }
  return Object.is(resolved.value, -0) ? 0 : resolved.value
}
