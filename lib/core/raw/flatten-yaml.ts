import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  visit,
} from 'yaml'
import { isSyncError, SyncError } from '../errors.ts'

/** Enough for any file of secrets, too little for one that multiplies by its aliases. */
const maximumNodes = 20_000
const maximumDepth = 64
/** A parser takes seconds over a mebibyte of nothing but brackets. */
const maximumLength = 512 * 1_024

type Targets = ReadonlyMap<Alias, Node | undefined>

/** One walk through a document; it counts what it visits. */
interface Walk {
  readonly targets: Targets
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
  const { document, targets } = parseDocument(text, file)
  if (!document || readsAsNull(document.contents)) return values
  if (!isMap(document.contents)) throw invalid(file, 'is no map')
  const scalars = listScalars({ targets, file, nodes: 0 }, document.contents, { path: '', depth: 0 })
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
    const target = walk.targets.get(node)
    if (!target) throw invalid(walk.file, 'has an alias to nothing')
    yield* listScalars(walk, target, { path, depth })
  } else if (isMap(node)) {
    const names = new Set<string>()
    for (const { key, value } of node.items) {
      const name = readKey(key, walk.file)
      if (names.has(name)) throw invalid(walk.file, 'has a key twice')
      names.add(name)
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

interface Parsed {
  readonly document: Document | undefined
  readonly targets: Targets
}

function parseDocument(text: string, file: string): Parsed {
  if (text.length > maximumLength) throw invalid(file, 'has more than 512 KiB')
  try {
    // The parser's own search for repeated keys takes quadratic time, so it is done on the way through.
    const options = { schema: 'core', uniqueKeys: false, prettyErrors: false, logLevel: 'silent' } as const
    const [document, ...others] = [...parseAllDocuments(text, options)]
    if (others.length > 0) throw invalid(file, 'has more than one document')
    const [finding] = [...(document?.errors ?? []), ...(document?.warnings ?? [])]
    if (finding) throw invalid(file, 'is no plain YAML', finding)
    return { document, targets: findTargets(document) }
  } catch (cause) {
    if (isSyncError(cause)) throw cause
    throw invalid(file, 'is nested too deep', cause)
  }
}

/** What each alias stands for, found in one pass: to look one up costs a walk through the whole document. */
function findTargets(document: Document | undefined): Targets {
  const anchored = new Map<string, Node>()
  const targets = new Map<Alias, Node | undefined>()
  if (!document) return targets
  visit(document, {
    Value: (_, node) => {
      if (node.anchor !== undefined) anchored.set(node.anchor, node)
    },
    Alias: (_, node) => void targets.set(node, anchored.get(node.source)),
  })
  return targets
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
