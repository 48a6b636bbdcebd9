import type { BuiltValue, BuiltObject as PublishedObject } from '../../secrets/built-object.ts'
import { getMetadataMap } from '../resource/metadata.ts'
import { getName, getNamespace, type Resource } from '../resource/resource.ts'
import { isTainted, valueFields } from '../resource/taint.ts'
import { getField, getText } from '../yaml/fields.ts'
import { isJsonMap, type JsonMap } from '../yaml/json.ts'
import type { Node } from '../yaml/node.ts'

/** A v1 Secret or ConfigMap of an overlay: what is published of it, and the object as kustomize prints it. */
export interface BuiltObject extends PublishedObject {
  readonly labels: ReadonlyMap<string, string>
  readonly annotations: ReadonlyMap<string, string>
  /** `''` where none is set. */
  readonly type: string
  readonly immutable: boolean
  readonly binaryData: ReadonlyMap<string, BuiltValue>
  readonly manifest: JsonMap
  /** The file or generator that it comes from. */
  readonly file: string
}

/** @param manifest the values of `resource` */
export function createBuiltObject(
  resource: Resource,
  manifest: JsonMap,
  nameWithoutHash: string,
): BuiltObject {
  const { root, file } = resource
  const namespace = getNamespace(resource)
  return {
    kind: getText(root, 'kind') === 'Secret' ? 'Secret' : 'ConfigMap',
    name: getName(resource),
    nameWithoutHash,
    ...(namespace !== '' && { namespace }),
    labels: readTexts(resource, 'labels'),
    annotations: readTexts(resource, 'annotations'),
    type: getText(root, 'type'),
    immutable: manifest.get('immutable') === true,
    data: readValues(resource, manifest, 'data'),
    stringData: readValues(resource, manifest, 'stringData'),
    binaryData: readValues(resource, manifest, 'binaryData'),
    manifest,
    taintedFields: [...new Set(listTaintedFields(resource))],
    file,
  }
}

function readTexts({ root }: Resource, field: 'labels' | 'annotations'): ReadonlyMap<string, string> {
  return new Map([...getMetadataMap(root, field)].map(([name, { text }]) => [name, text]))
}

function readValues(
  { root }: Resource,
  manifest: JsonMap,
  field: (typeof valueFields)[number],
): ReadonlyMap<string, BuiltValue> {
  const values = manifest.get(field)
  const nodes = getField(root, field)
  if (!isJsonMap(values) || nodes?.kind !== 'mapping') return new Map()
  return new Map(
    nodes.entries.map(({ key, value }) => [
      key.value,
      { value: values.get(key.value) ?? null, tainted: isTainted(value) },
    ]),
  )
}

/** What is public is everything but the values; the keys of values are public too. */
function listTaintedFields({ root }: Resource): readonly string[] {
  return root.entries.flatMap(({ key, value }) => {
    const isValues = valueFields.some((field) => field === key.value)
    return isValues ? listTaintedKeys(value, key.value) : listTaintedPaths(value, [key.value])
  })
}

function listTaintedKeys(node: Node, path: string): readonly string[] {
  const isAny = node.kind !== 'mapping' ? isTainted(node) : node.entries.some(({ key }) => key.tainted)
  return isAny ? [path] : []
}

/** The fields of the metadata are told apart; a name further below may come out of the same encrypted file. */
function listTaintedPaths(node: Node, path: readonly string[]): readonly string[] {
  const isDeep = path.length === (path[0] === 'metadata' ? 2 : 1)
  if (node.kind !== 'mapping' || isDeep) return isTainted(node) ? [path.join('.')] : []
  return node.entries.flatMap(({ key, value }) => listTaintedPaths(value, [...path, key.value]))
}
