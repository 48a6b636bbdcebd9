import { SyncError } from '../../errors.ts'
import { type Budget, createDepthError, depthLimit } from '../budget.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import { createSourceError, type YamlSource } from '../yaml/source.ts'
import {
  copyDocument,
  createDocumentFromJson,
  type Document,
  type DocumentMap,
  isPrimitive,
  isSameDocument,
  measureDocument,
  parseDocument,
} from './json-document.ts'

/** The operations of a JSON6902 patch; what is wrong with one only shows when it is applied. */
export interface JsonPatch {
  readonly file: string
  readonly operations: readonly Document[]
}

/**
 * Reads a JSON6902 patch: JSON where the text starts with a bracket, else YAML 1.1.
 * @throws {SyncError} the code of `source`
 */
export function parseJsonPatch(text: string, source: YamlSource): JsonPatch {
  const parsed = text.startsWith('[') ? parseDocument(text, source.encrypted) : parseYaml(text, source)
  const isPatch = Array.isArray(parsed) && parsed.every((part) => part === null || part instanceof Map)
  if (!isPatch) throw createSourceError(source, 'list of operations expected')
  return { file: source.file, operations: parsed }
}

function parseYaml(text: string, source: YamlSource): Document {
  const legacy: YamlSource = { ...source, dialect: 'v2' }
  const root = composeDocument(text, legacy)
  return root === null ? null : createDocumentFromJson(decodeLegacy(root, legacy), source.encrypted)
}

/**
 * Applies the operations in order to a document, which is changed.
 * @see https://github.com/evanphx/json-patch/blob/v4.13.0/patch.go
 * @throws {SyncError} KustomizePatchFailed with the number of the operation
 */
export function applyOperations(root: DocumentMap, patch: JsonPatch, budget: Budget): DocumentMap {
  const holder: DocumentMap = new Map([['', root]])
  for (const [at, operation] of patch.operations.entries()) {
    const run: Run = {
      holder,
      operation: operation instanceof Map ? operation : new Map(),
      patch,
      at,
      budget,
    }
    applyOperation(run)
  }
  const result = holder.get('')
  if (result instanceof Map) return result
  throw new SyncError('KustomizePatchFailed', { data: { file: patch.file, reason: 'no object is left' } })
}

interface Run {
  /** Holds the document under the empty key, so that the document itself can be replaced. */
  readonly holder: DocumentMap
  readonly operation: DocumentMap
  readonly patch: JsonPatch
  readonly at: number
  readonly budget: Budget
}

const appliers = new Map<string, (run: Run, value: Document) => void>([
  ['add', (run, value) => addAt(run, readPath(run, 'path'), value)],
  ['remove', (run) => removeAt(run, readPath(run, 'path'))],
  ['replace', (run, value) => replaceAt(run, readPath(run, 'path'), value)],
  ['move', moveValue],
  ['copy', (run) => addAt(run, readPath(run, 'path'), copyValue(run, getAt(run, readPath(run, 'from'))))],
  ['test', (run, value) => testAt(run, readPath(run, 'path'), value)],
])

function moveValue(run: Run): void {
  const from = readPath(run, 'from')
  const moved = getAt(run, from)
  removeAt(run, from)
  addAt(run, readPath(run, 'path'), moved)
}

function applyOperation(run: Run): void {
  const apply = appliers.get(readText(run, 'op') ?? '')
  if (apply === undefined) throw fail(run, 'unknown operation')
  apply(run, copyValue(run, run.operation.get('value') ?? null))
}

/** A value copied into itself doubles with each operation. */
function copyValue(run: Run, value: Document): Document {
  run.budget.spend(measureDocument(value), run.patch.file)
  return copyDocument(value)
}

function readText(run: Run, name: string): string | null {
  const part = run.operation.get(name) ?? null
  const value: unknown = isPrimitive(part) ? JSON.parse(part.raw) : null
  return typeof value === 'string' ? value : null
}

function readPath(run: Run, name: 'path' | 'from'): string {
  const path = readText(run, name)
  if (path === null) throw fail(run, `${name} is missing`)
  return path
}

/** The map or list that holds the end of the path, and the key there. */
function findHolder(run: Run, path: string): { holder: DocumentMap | Document[]; key: string } {
  const [, ...keys] = path.split('/').map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
  const last = keys.pop()
  if (last === undefined) throw fail(run, 'path does not start with a slash')
  if (keys.length > depthLimit) throw createDepthError(run.patch.file)
  let holder = run.holder.get('') ?? null
  for (const key of keys) holder = getChild(run, holder, key)
  if (holder === null || isPrimitive(holder)) throw fail(run, 'path does not exist')
  return { holder, key: last }
}

function getChild(run: Run, holder: Document, key: string): Document {
  if (holder instanceof Map) return holder.get(key) ?? null
  if (Array.isArray(holder)) return holder[toIndex(run, key, holder.length)] ?? null
  throw fail(run, 'path does not exist')
}

/** An index that exists; a negative one counts from the end. */
function toIndex(run: Run, key: string, length: number): number {
  const index = /^[+-]?\d+$/.test(key) ? Number(key) : Number.NaN
  const at = index < 0 ? index + length : index
  if (!(at >= 0 && at < length)) throw fail(run, 'index does not exist')
  return at
}

function getAt(run: Run, path: string): Document {
  const { holder, key } = findHolder(run, path)
  return getChild(run, holder, key)
}

function addAt(run: Run, path: string, value: Document): void {
  const { holder, key } = findHolder(run, path)
  if (holder instanceof Map) holder.set(key, value)
  else if (key === '-') holder.push(value)
  else holder.splice(toIndex(run, key, holder.length + 1), 0, value)
}

function removeAt(run: Run, path: string): void {
  const { holder, key } = findHolder(run, path)
  if (Array.isArray(holder)) holder.splice(toIndex(run, key, holder.length), 1)
  else if (!holder.delete(key)) throw fail(run, 'key to remove does not exist')
}

/** Unlike RFC 6902 this adds a key that does not exist; the empty path replaces the document. */
function replaceAt(run: Run, path: string, value: Document): void {
  if (path === '') {
    run.holder.set('', value)
    return
  }
  const { holder, key } = findHolder(run, path)
  if (holder instanceof Map) holder.set(key, value)
  else holder[toIndex(run, key, holder.length)] = value
}

function testAt(run: Run, path: string, value: Document): void {
  const actual = path === '' ? (run.holder.get('') ?? null) : getAt(run, path)
  if (!isSameDocument(actual, value)) throw fail(run, 'test failed')
}

function fail(run: Run, reason: string): SyncError {
  return new SyncError('KustomizePatchFailed', {
    data: { file: run.patch.file, operation: run.at, reason },
  })
}
