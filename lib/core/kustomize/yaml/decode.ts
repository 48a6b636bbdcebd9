import { SyncError } from '../../errors.ts'
import { analyzePresentation, isBlockUnreadable } from '../../yaml/presentation.ts'
import type { Json, JsonMap } from './json.ts'
import { type Mapping, type Node, type Scalar, tags } from './node.ts'
import { refold } from './refold.ts'
import { type Resolved, resolvePlain } from './resolve.ts'
import type { YamlSource } from './source.ts'

/**
 * The values of a tree, as kustomize gets them by writing the tree as YAML and reading it again.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/rnode.go (MarshalJSON)
 * @throws {SyncError} ManifestInvalid where kustomize cannot print the tree
 */
export function decodeObject(root: Mapping, file: string): JsonMap {
  const place: Place = { file, inFlow: root.flow, path: [] }
  const object = new Map<string, Json>()
  for (const { key, value } of root.entries) {
    // At the top alone a key that is no string becomes its text; a null there would be dropped.
    if (isMergeKey(key) || (key.tag === tags.null && key.value !== ''))
      throw fail(place, 'key that is no string')
    object.set(key.value, decodeNode(value, { ...place, path: [key.value] }))
  }
  return object
}

/** The value of any node of a tree; see {@link decodeObject}. */
export function decodeNode(node: Node, place: Place): Json {
  switch (node.kind) {
    case 'scalar':
      return decodeScalar(node, place)
    case 'sequence': {
      const inside = { ...place, inFlow: place.inFlow || node.flow }
      return node.items.map((item) => decodeNode(item, inside))
    }
    case 'mapping':
      return decodeMapping(node, place)
  }
}

/** Where a node stands: the file for errors, the keys down to it, and whether an ancestor is in flow style. */
export interface Place {
  readonly file: string
  readonly path: readonly string[]
  readonly inFlow: boolean
  /** Whether the tree is read as it stands, without being written first. */
  readonly direct?: boolean
}

function decodeMapping(node: Mapping, place: Place): JsonMap {
  const inside = { ...place, inFlow: place.inFlow || node.flow }
  const map = new Map<string, Json>()
  for (const { key, value } of node.entries) {
    if (isMergeKey(key) || !isStringKey(key)) throw fail(place, 'key that is no string')
    const name = key.value
    map.set(name, decodeNode(value, { ...inside, path: [...place.path, name] }))
  }
  return map
}

/** An empty key is always written in quotes. */
function isStringKey(key: Scalar): boolean {
  if (key.tag === tags.string || (key.value === '' && !key.tagged)) return true
  return key.tag === '' && (key.style !== 'plain' || resolvePlain(key.value).tag === tags.string)
}

function isMergeKey(key: Scalar): boolean {
  return key.value === '<<' && key.style === 'plain'
}

function decodeScalar(node: Scalar, place: Place): Json {
  if (node.tag === tags.string || node.tag === tags.merge) return decodeText(node, place)
  if (node.tag === tags.binary) return decodeBinary(node, place)
  if (node.tag !== '' && !node.tag.startsWith('!!')) return decodeText(node, place)
  const resolved = resolvePlain(node.value)
  if (node.tag !== '' && node.tag !== resolved.tag) return decodeMistagged(node, resolved, place)
  if (node.tagged) return assertFinite(resolved.value, place)
  if (node.style !== 'plain' || node.value.includes('\n')) return decodeText(node, place)
  // In flow style an empty plain scalar and one with a colon are written in quotes.
  if (place.inFlow && place.direct !== true && (node.value === '' || node.value.includes(':')))
    return node.value
  return assertFinite(resolved.value, place)
}

function decodeText(node: Scalar, place: Place): string {
  const { value, style } = node
  const isBlock = style === 'literal' || style === 'folded' || (style === 'plain' && value.includes('\n'))
  if (!isBlock || place.inFlow || place.direct === true) return value
  if (isBlockUnreadable(value)) throw fail(place, 'block text that starts with a tab')
  if (style !== 'folded' || !analyzePresentation(value).blockAllowed) return value
  return refold(value, sourceOf(place))
}

function decodeBinary(node: Scalar, place: Place): string {
  const text = node.value.replace(/[\r\n]/g, '')
  const bytes = Buffer.from(text, 'base64')
  if (bytes.toString('base64') !== text) throw fail(place, '!!binary that is no base64')
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch (cause) {
    throw new SyncError('ManifestInvalid', {
      data: { file: place.file, path: formatPath(place), reason: '!!binary that is no text' },
      cause,
    })
  }
}

/** A text that was copied under a tag that it does not have: kustomize writes the tag out and reads it again. */
function decodeMistagged(node: Scalar, resolved: Resolved, place: Place): Json {
  if (node.tag === tags.float && resolved.tag === tags.int) return Number(resolved.value)
  throw fail(place, 'text under the tag of another type')
}

/** kustomize prints a negative zero as zero. */
function assertFinite(value: Json, place: Place): Json {
  if (typeof value !== 'number') return value
  if (!Number.isFinite(value)) throw fail(place, 'number that JSON does not have')
  return value === 0 ? 0 : value
}

function sourceOf(place: Place): YamlSource {
  return { file: place.file, code: 'ManifestInvalid', dialect: 'v3', encrypted: true }
}

function fail(place: Place, reason: string): SyncError {
  return new SyncError('ManifestInvalid', { data: { file: place.file, path: formatPath(place), reason } })
}

function formatPath(place: Place): string {
  return place.path.join('.')
}
