import { type Document, isAlias, isMap, isScalar, isSeq, parseAllDocuments } from 'yaml'
import { SyncError } from '../errors.ts'

/** Enough for any file of secrets, too little for one that multiplies by its aliases. */
const maximumNodes = 20_000
const maximumDepth = 64
/** A parser takes seconds over a mebibyte of nothing but brackets. */
const maximumLength = 512 * 1_024

/** One walk through a document; it counts what it visits. */
interface Walk {
  readonly document: Document
  readonly file: string
  nodes: number
}

interface Place {
  readonly path: string
  readonly depth: number
}

/**
 * The scalars of a YAML map by their paths, `a.b` and `a[0]`: null as empty text, numbers as they are written.
 * @throws {SyncError} RawFileInvalid, which names the file and quotes nothing of it
 */
export function flattenYaml(text: string, file: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>()
  const document = parseDocument(text, file)
  if (!document || readsAsNull(document.contents)) return values
  if (!isMap(document.contents)) throw invalid(file, 'is no map')
  const scalars = listScalars({ document, file, nodes: 0 }, document.contents, { path: '', depth: 0 })
  for (const [path, value] of scalars) {
    if (values.has(path)) throw invalid(file, 'has two values under one path')
    values.set(path, value)
  }
  return values
}

function* listScalars(
  walk: Walk,
  node: unknown,
  place: Place,
): Generator<readonly [path: string, value: string]> {
  const { path } = place
  const depth = place.depth + 1
  walk.nodes += 1
  if (walk.nodes > maximumNodes || depth > maximumDepth)
    throw invalid(walk.file, 'has too many or too deep nodes')
  if (isAlias(node)) {
    const target = node.resolve(walk.document)
    if (!target) throw invalid(walk.file, 'has an alias to nothing')
    yield* listScalars(walk, target, { path, depth })
  } else if (isMap(node)) {
    for (const { key, value } of node.items) {
      const name = readKey(key, walk.file)
      yield* listScalars(walk, value, { path: path === '' ? name : `${path}.${name}`, depth })
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      yield* listScalars(walk, item, { path: `${path}[${index}]`, depth })
    }
  } else {
    yield [path, formatScalar(node)]
  }
}

function parseDocument(text: string, file: string): Document | undefined {
  if (text.length > maximumLength) throw invalid(file, 'has more than 512 KiB')
  const [document, ...others] = parse(text, file)
  if (others.length > 0) throw invalid(file, 'has more than one document')
  if (document && (document.errors.length > 0 || document.warnings.length > 0)) {
    throw invalid(file, 'is no plain YAML', document.errors[0] ?? document.warnings[0])
  }
  return document
}

function parse(text: string, file: string): Document[] {
  try {
    return [...parseAllDocuments(text, { schema: 'core', prettyErrors: false, logLevel: 'silent' })]
  } catch (cause) {
    throw invalid(file, 'is nested too deep', cause)
  }
}

function readKey(key: unknown, file: string): string {
  if (!isScalar(key) || key.value === null) throw invalid(file, 'has a key that is no text')
  return key.source ?? String(key.value)
}

function formatScalar(node: unknown): string {
  if (readsAsNull(node) || !isScalar(node)) return ''
  const { value, source } = node
  return typeof value === 'number' || typeof value === 'bigint' ? (source ?? String(value)) : String(value)
}

function readsAsNull(node: unknown): boolean {
  return node === null || (isScalar(node) && node.value === null)
}

function invalid(file: string, problem: string, cause?: unknown): SyncError {
  return new SyncError('RawFileInvalid', { data: { file, problem }, cause })
}
