import { composeDocument } from '../yaml/compose.ts'
import { decodeNode, decodeObject } from '../yaml/decode.ts'
import { decodeBytes } from '../yaml/decode-bytes.ts'
import { getField, getText } from '../yaml/fields.ts'
import { isJsonList, isJsonMap, type Json } from '../yaml/json.ts'
import { isEmpty, isNullish, type Mapping, type Node } from '../yaml/node.ts'
import { createSourceError, type YamlSource } from '../yaml/source.ts'
import { flowNode } from './flow-node.ts'
import { getMetadataMap } from './metadata.ts'
import { isInternalAnnotation, type Resource } from './resource.ts'
import { splitDocuments } from './split-documents.ts'
import { taintValues } from './taint.ts'

/**
 * The objects of a manifest or of strategic-merge patches, lists expanded.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/resource/factory.go (RNodesFromBytes)
 * @throws {SyncError} the code of `source`
 */
export function parseResources(bytes: Uint8Array, source: YamlSource): readonly Resource[] {
  return parseResourceText(decodeBytes(bytes, source), source)
}

/** The same for text that is already decoded, such as an inline patch. */
export function parseResourceText(text: string, source: YamlSource): readonly Resource[] {
  const pieces = splitDocuments(text, source)
  const documents = pieces.map((piece) => composeDocument(piece, source)).filter((node) => node !== null)
  const nodes = pieces.length === 1 ? documents.flatMap(unwrapList) : documents
  const resources = expandLists(keepObjects(nodes, source), source)
  for (const resource of resources) {
    assertNoInternalAnnotations(resource, source)
    if (source.encrypted) taintValues(resource.root)
  }
  return resources
}

/** A `List` that is alone in its file gives its items as they are written. */
function unwrapList(node: Node): readonly Node[] {
  const kind = getText(node, 'kind')
  const items = getField(node, 'items')
  const isWrapped = kind === 'List' || kind === 'ResourceList'
  if (!isWrapped || (items === undefined && getField(node, 'functionConfig') === undefined)) return [node]
  if (items?.kind === 'sequence') return items.items
  return []
}

function keepObjects(nodes: readonly Node[], source: YamlSource): readonly Mapping[] {
  return nodes.flatMap((node) => {
    if (isEmpty(node)) return []
    if (node.kind !== 'mapping') throw createSourceError(source, 'object expected')
    assertIdentified(node, source)
    return [node]
  })
}

function assertIdentified(node: Mapping, source: YamlSource): void {
  const kind = textOf(getField(node, 'kind'))
  if (kind === '') throw createSourceError(source, 'object without kind')
  if (kind.endsWith('List')) return
  if (textOf(getField(getField(node, 'metadata'), 'name')) === '') {
    throw createSourceError(source, 'object without metadata.name')
  }
  for (const field of ['labels', 'annotations']) {
    const map = getField(getField(node, 'metadata'), field)
    if (!isEmpty(map) && map?.kind !== 'mapping')
      throw createSourceError(source, `metadata.${field} is no map`)
  }
}

function textOf(node: Node | undefined): string {
  return node?.kind === 'scalar' && !isNullish(node) ? node.value : ''
}

/** Items of `SecretList` and the like go through JSON, which quotes their texts. */
function expandLists(nodes: readonly Mapping[], source: YamlSource): readonly Resource[] {
  const waiting = [...nodes]
  const resources: Resource[] = []
  for (let node = waiting.shift(); node !== undefined; node = waiting.shift()) {
    const items = getText(node, 'kind').endsWith('List') ? readItems(node, source) : undefined
    if (items === undefined) resources.push({ root: node, file: source.file, opaque: false })
    else waiting.push(...keepObjects(items.map(flowNode).flatMap(unwrapList), source))
  }
  return resources
}

/** `undefined` where the object has no `items`, and so is no list at all. */
function readItems(node: Mapping, source: YamlSource): readonly Json[] | undefined {
  const items = getField(node, 'items')
  if (items === undefined) return undefined
  decodeObject(node, source.file)
  const place = { file: source.file, path: ['items'], inFlow: false, direct: true }
  const values = decodeNode(items, place)
  if (values === null) return []
  if (!isJsonList(values)) throw createSourceError(source, 'items that are no list')
  return values.filter((value) => value !== null && !(isJsonMap(value) && value.size === 0))
}

/** They steer kustomize itself; inconsistent ones make it panic. */
function assertNoInternalAnnotations(resource: Resource, source: YamlSource): void {
  for (const name of getMetadataMap(resource.root, 'annotations').keys()) {
    if (isInternalAnnotation(name))
      throw createSourceError(source, 'annotation of kustomize itself', { name })
  }
}
