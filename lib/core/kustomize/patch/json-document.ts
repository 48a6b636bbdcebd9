import { decodeNode, type Place } from '../yaml/decode.ts'
import { encodeScalar } from '../yaml/encode.ts'
import { compareUtf8, formatGoJson, isJsonList, isJsonMap, type Json } from '../yaml/json.ts'
import { createMapping, createSequence, type Mapping, type Node, nodeBytes } from '../yaml/node.ts'

/**
 * A document under a JSON patch. A primitive keeps its JSON text, because `test` compares texts: `"<"` in a patch
 * differs from the `"\u003c"` that Go writes.
 */
export type Document = Primitive | DocumentMap | DocumentList | null
export type DocumentMap = Map<string, Document>
export type DocumentList = Document[]

export interface Primitive {
  readonly raw: string
  readonly tainted: boolean
}

export function isPrimitive(document: Document): document is Primitive {
  return document !== null && !(document instanceof Map) && !Array.isArray(document)
}

/** The document of a tree, as kustomize prints it for the patch. @throws {SyncError} ManifestInvalid */
export function createDocument(node: Node, place: Place): Document {
  switch (node.kind) {
    case 'scalar': {
      const value = decodeNode(node, place)
      return value === null ? null : { raw: formatGoJson(value), tainted: node.tainted }
    }
    case 'sequence': {
      const inside = { ...place, inFlow: place.inFlow || node.flow }
      return node.items.map((item) => createDocument(item, inside))
    }
    case 'mapping':
      return createDocumentMap(node, place)
  }
}

/** @throws {SyncError} ManifestInvalid */
export function createDocumentMap(node: Mapping, place: Place): DocumentMap {
  const inside = { ...place, inFlow: place.inFlow || node.flow }
  return new Map(
    node.entries.map(({ key, value }) => [
      key.value,
      createDocument(value, { ...inside, path: [...place.path, key.value] }),
    ]),
  )
}

/** The document of a value that has no history, such as one in a patch. */
export function createDocumentFromJson(value: Json, tainted: boolean): Document {
  if (isJsonMap(value)) {
    return new Map([...value].map(([key, part]) => [key, createDocumentFromJson(part, tainted)]))
  }
  if (isJsonList(value)) return value.map((part) => createDocumentFromJson(part, tainted))
  return value === null ? null : { raw: formatGoJson(value), tainted }
}

/**
 * JSON text as a document; each primitive as it is written.
 * @returns `undefined` where it is no JSON
 */
export function parseDocument(text: string, tainted: boolean): Document | undefined {
  const keepSource = (_key: string, value: unknown, context: { source?: string }): unknown => {
    if (context.source !== undefined) return value === null ? null : { raw: context.source, tainted }
    return Array.isArray(value) ? value : new Map(Object.entries(value as object))
  }
  try {
    return JSON.parse(text, keepSource as (key: string, value: unknown) => Document)
  } catch (error) {
    if (error instanceof SyntaxError) return undefined
    throw error
  }
}

/** What a document takes in memory, roughly. */
export function measureDocument(document: Document): number {
  if (document instanceof Map) {
    return [...document].reduce((sum, [key, part]) => sum + key.length + measureDocument(part), nodeBytes)
  }
  if (Array.isArray(document)) return document.reduce((sum, part) => sum + measureDocument(part), nodeBytes)
  return nodeBytes + (document?.raw.length ?? 0)
}

export function copyDocument(document: Document): Document {
  if (document instanceof Map) return new Map([...document].map(([key, part]) => [key, copyDocument(part)]))
  return Array.isArray(document) ? document.map(copyDocument) : document
}

/** As json-patch compares: lists and maps by their parts, primitives by their text. */
export function isSameDocument(left: Document, right: Document): boolean {
  if (left instanceof Map) {
    if (!(right instanceof Map) || left.size !== right.size) return false
    return [...left].every(([key, part]) => right.has(key) && isSameDocument(part, right.get(key) ?? null))
  }
  if (Array.isArray(left)) {
    if (!Array.isArray(right) || left.length !== right.length) return false
    return left.every((part, at) => isSameDocument(part, right[at] ?? null))
  }
  return isPrimitive(left) && isPrimitive(right) ? left.raw === right.raw : left === right
}

/** The tree that kustomize makes of a patched document: every number has become a float, quotes are chosen anew. */
export function formatTree(document: Document): Node {
  if (document instanceof Map) {
    const keys = [...document.keys()].sort(compareUtf8)
    const entries = keys.map((key) => ({
      key: encodeScalar(key),
      value: formatTree(document.get(key) ?? null),
    }))
    return createMapping(entries)
  }
  if (Array.isArray(document)) return createSequence(document.map(formatTree))
  if (document === null) return encodeScalar(null)
  const value: unknown = JSON.parse(document.raw)
  return { ...encodeScalar(toScalar(value)), tainted: document.tainted }
}

function toScalar(value: unknown): string | number | boolean | null {
  if (typeof value === 'string') return value.toWellFormed()
  return typeof value === 'number' || typeof value === 'boolean' ? value : null
}
