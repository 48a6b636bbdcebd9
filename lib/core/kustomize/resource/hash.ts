import { createHash } from 'node:crypto'
import { decodeNode } from '../yaml/decode.ts'
import { getField, getText } from '../yaml/fields.ts'
import { formatGoJson, isJsonList, isJsonMap, type Json, type JsonMap } from '../yaml/json.ts'
import type { Resource } from './resource.ts'

const substitutes: Readonly<Record<string, string>> = { '0': 'g', '1': 'h', '3': 'k', a: 'm', e: 't' }

/**
 * The ten characters that kustomize appends to a generated name: over kind, type and data, never over the name.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/hasher/hasher.go
 * @throws {SyncError} KustomizeFieldUnsupported for another kind
 */
export function hashResource(resource: Resource): string {
  const digest = createHash('sha256')
    .update(formatGoJson(listHashed(resource)))
    .digest('hex')
  return [...digest.slice(0, 10)].map((digit) => substitutes[digit] ?? digit).join('')
}

function listHashed(resource: Resource): ReadonlyMap<string, Json> {
  const { root } = resource
  const kind = getText(root, 'kind')
  const hashed = new Map<string, Json>([
    ['kind', kind],
    ['name', ''],
    ['data', readField(resource, 'data') ?? ''],
  ])
  const optional = kind === 'Secret' ? 'stringData' : 'binaryData'
  const more = readField(resource, optional)
  if (isJsonMap(more)) hashed.set(optional, more)
  if (kind === 'Secret') hashed.set('type', readField(resource, 'type') ?? '')
  return hashed
}

/** A field as the hasher sees it: the bare text of a scalar, else its values, which are a map or nothing. */
function readField({ root, file }: Resource, name: string): Json | undefined {
  const field = getField(root, name)
  if (field === undefined) return undefined
  if (field.kind === 'scalar') return field.value
  const value = decodeNode(field, { file, path: [name], inFlow: false })
  return isJsonMap(value) ? toFloats(value) : null
}

/** The hasher reads its JSON into floats: integers lose what is beyond 53 bits. */
function toFloats(value: JsonMap): JsonMap
function toFloats(value: Json): Json
function toFloats(value: Json): Json {
  if (typeof value === 'bigint') return Number(value)
  if (isJsonMap(value)) return new Map([...value].map(([key, part]) => [key, toFloats(part)]))
  return isJsonList(value) ? value.map((part) => toFloats(part)) : value
}
