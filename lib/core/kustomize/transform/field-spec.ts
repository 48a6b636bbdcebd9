import { SyncError } from '../../errors.ts'
import { createDepthError, depthLimit } from '../budget.ts'
import type { FieldSpec } from '../kustomization/fields.ts'
import { isSelectedGvk } from '../resource/gvk.ts'
import { getGvk, type Resource } from '../resource/resource.ts'
import { clearField, getField, setField, setFields } from '../yaml/fields.ts'
import {
  createMapping,
  createScalar,
  isNullish,
  type Mapping,
  type Node,
  type Scalar,
  tags,
} from '../yaml/node.ts'

/** What is done at the end of a field path; a node of another kind there is an error. */
export type FieldEdit =
  | { readonly create: 'mapping'; apply(node: Mapping): Node }
  | { readonly create: 'scalar'; apply(node: Scalar): Node }

/**
 * Edits a field of a resource, through lists and along `/`-separated names (`\/` for a slash within one).
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/api/filters/fieldspec/fieldspec.go
 * @throws {SyncError} KustomizationInvalid where the path does not fit the object
 */
export function editField(resource: Resource, spec: FieldSpec, edit: FieldEdit): void {
  if (!isSelectedGvk(getGvk(resource), spec)) return
  const walk: Walk = { resource, edit, create: spec.create === true, path: spec.path ?? '' }
  const names = splitPath(walk.path, '/')
  if (names.length > depthLimit) throw createDepthError(resource.file)
  editMapping(resource.root, names, walk)
}

interface Walk {
  readonly resource: Resource
  readonly edit: FieldEdit
  readonly create: boolean
  readonly path: string
}

/** Names between separators; a backslash before one makes it part of the name, a leading one is dropped. */
export function splitPath(path: string, separator: string): readonly string[] {
  const parts = path.split(separator)
  if (parts.length > 1 && parts[0] === '') parts.shift()
  const names: string[] = []
  for (const part of parts) {
    const last = names.at(-1)
    if (last?.endsWith('\\')) names[names.length - 1] = `${last.slice(0, -1)}${separator}${part}`
    else names.push(part)
  }
  return names
}

function editNode(node: Node, names: readonly string[], walk: Walk): Node {
  const isNull = isNullish(node)
  if (names.length === 0) {
    if (isNull && walk.edit.create === 'mapping') return node
    const { edit } = walk
    if (edit.create === 'mapping' && node.kind === 'mapping') return edit.apply(node)
    if (edit.create === 'scalar' && node.kind === 'scalar') return edit.apply(node)
    throw invalid(walk, `${edit.create} expected`)
  }
  if (isNull) return node
  switch (node.kind) {
    case 'sequence':
      node.items = node.items.map((item) => editNode(item, names, walk))
      return node
    case 'mapping':
      editMapping(node, names, walk)
      return node
    case 'scalar':
      throw invalid(walk, 'map or list expected')
  }
}

function editMapping(map: Mapping, [first = '', ...rest]: readonly string[], walk: Walk): void {
  const isList = first.endsWith('[]')
  const name = (isList ? first.slice(0, -2) : first).trim()
  if (name === '' || /^(-|\*|\d+|\[.*\])$/.test(name)) throw invalid(walk, 'name expected')
  const creates = walk.create && !isList
  const kind = rest.length === 0 ? walk.edit.create : 'mapping'
  const present = getField(map, name)
  if (present === undefined && !creates) return
  if (present === undefined) setField(map, { name, value: createNode(kind) })
  else if (isNullish(present) && creates) replaceNull(map, name, createNode(kind))
  const entry = map.entries.find(({ key }) => key.value === name)
  if (entry !== undefined) entry.value = editNode(entry.value, rest, walk)
}

function replaceNull(map: Mapping, name: string, node: Node): void {
  clearField(map, name)
  setField(map, { name, value: node })
}

function createNode(kind: 'mapping' | 'scalar'): Node {
  return kind === 'mapping' ? createMapping() : createScalar('')
}

/** Sets texts in a map, as labels and annotations are set; the same nodes wherever the edit is applied. */
export function setTextsIn(texts: Iterable<readonly [string, string]>, tainted = false): FieldEdit {
  const fields = [...texts].map(([name, text]) => ({
    name,
    value: createScalar(text, { tag: tags.string, tainted }),
  }))
  return {
    create: 'mapping',
    apply: (node) => {
      setFields(node, fields)
      return node
    },
  }
}

function invalid({ resource, path }: Walk, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file: resource.file, path, reason } })
}
