import { SyncError } from '../../errors.ts'
import { clearField, getField, setFields } from '../yaml/fields.ts'
import {
  createMapping,
  createScalar,
  isEmpty,
  isNullish,
  type Mapping,
  type Node,
  type Sequence,
  tags,
} from '../yaml/node.ts'

/** What a merge runs on: the file of the patch, for errors, and whether the target is a v1 Secret or ConfigMap. */
export interface MergeContext {
  readonly file: string
  /** Only of these kinds is it known which lists are merged rather than replaced. */
  readonly isOwn: boolean
}

/**
 * A strategic merge of `patch` into `target`, which is changed. `null` says that the patch deletes the object.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/merge2/merge2.go
 * @throws {SyncError} KustomizePatchFailed, KustomizeFieldUnsupported
 */
export function mergeObject(target: Mapping, patch: Mapping, context: MergeContext): Mapping | null {
  assertKnownDirectives(patch, context)
  const directive = takeDirective(patch, context)
  if (directive === 'delete') return null
  if (directive === 'replace') {
    // kustomize drops the result: the patch would do nothing.
    throw new SyncError('KustomizeFieldUnsupported', {
      data: { file: context.file, field: '$patch: replace' },
    })
  }
  mergeFields(target, patch, { ...context, path: [] })
  return target
}

interface Merge extends MergeContext {
  readonly path: readonly string[]
}

function mergeFields(target: Mapping, patch: Mapping, merge: Merge): void {
  const entries = new Map(target.entries.map((entry) => [entry.key.value, entry]))
  const changes = new Map(patch.entries.map((entry) => [entry.key.value, entry]))
  const merged = [...new Set([...entries.keys(), ...changes.keys()])].map((name) => {
    const change = changes.get(name)
    const path = [...merge.path, name]
    const value = mergeNode(entries.get(name)?.value, change?.value, { ...merge, path })
    const keyStyle = change?.key.style ?? 'plain'
    return { name, value, keyStyle, keepNull: change === undefined }
  })
  setFields(target, merged)
}

/** The merged value, or `undefined` where the field goes. */
function mergeNode(target: Node | undefined, patch: Node | undefined, merge: Merge): Node | undefined {
  const [known] = [target, patch].filter((node) => !isNullish(node))
  if (known === undefined) return mergeNulls(target, patch)
  const isMixed = !isNullish(target) && !isNullish(patch) && target?.kind !== patch?.kind
  if (isMixed) throw fail(merge, 'patch of another kind than its target')
  if (patch !== undefined) takeFlow(target, patch)
  switch (known.kind) {
    case 'scalar':
      return patch ?? target
    case 'sequence':
      return mergeSequence(target, patch, merge)
    case 'mapping':
      return mergeMapping(target, patch, merge)
  }
}

/** What is empty and written as `{}` or `[]` is written as the patch is, even if that replaces it. */
function takeFlow(target: Node | undefined, patch: Node): void {
  if (target === undefined || target.kind === 'scalar' || !isEmpty(target)) return
  target.flow = patch.kind !== 'scalar' && patch.flow
}

/** A null that the patch does not mention stays where it is written out, and goes where it is empty. */
function mergeNulls(target: Node | undefined, patch: Node | undefined): Node | undefined {
  const isKept = patch === undefined && target?.kind === 'scalar' && target.value !== ''
  return isKept ? createScalar(target.value, { tag: tags.null }) : undefined
}

function mergeMapping(target: Node | undefined, patch: Node | undefined, merge: Merge): Mapping | undefined {
  if (patch === undefined) {
    // Even what the patch does not reach loses the nulls that are empty.
    if (target?.kind === 'mapping') mergeFields(target, createMapping(), merge)
    return target?.kind === 'mapping' ? target : undefined
  }
  if (patch.kind !== 'mapping') return undefined
  const directive = takeDirective(patch, merge)
  if (directive === 'delete') return undefined
  const keeps = target?.kind === 'mapping' && directive !== 'replace'
  const base = keeps ? target : patch
  mergeFields(base, patch, merge)
  return base
}

type Directive = 'merge' | 'replace' | 'delete'

/** Reads and removes the `$patch` of a map. */
function takeDirective(patch: Mapping, context: { file: string }): Directive {
  const field = getField(patch, '$patch')
  if (isNullish(field)) return 'merge'
  const text = field?.kind === 'scalar' ? field.value : ''
  if (text !== 'merge' && text !== 'replace' && text !== 'delete') throw fail(context, 'unknown $patch')
  clearField(patch, '$patch')
  return text
}

/** Directives of the Kubernetes API that kustomize takes for ordinary keys. */
const unknownDirectives = /^\$(retainKeys|setElementOrder|deleteFromPrimitiveList)(\/|$)/

function assertKnownDirectives(node: Node, context: MergeContext): void {
  if (node.kind === 'sequence') for (const item of node.items) assertKnownDirectives(item, context)
  if (node.kind !== 'mapping') return
  for (const { key, value } of node.entries) {
    if (unknownDirectives.test(key.value)) {
      throw new SyncError('KustomizeFieldUnsupported', { data: { file: context.file, field: key.value } })
    }
    assertKnownDirectives(value, context)
  }
}

/** Lists are replaced but for two in the metadata of a v1 object. */
function mergeSequence(target: Node | undefined, patch: Node | undefined, merge: Merge): Node | undefined {
  const key = merge.isOwn ? mergedLists.get(merge.path.join('.')) : undefined
  if (key === undefined) return patch ?? target
  if (patch === undefined) return target
  if (patch.kind !== 'sequence') return undefined
  const own = patch.items.filter((item) => !isEmpty(item))
  if (own.some((item) => getField(item, '$patch') !== undefined)) throw fail(merge, '$patch in a list')
  const identify = (item: Node) => identifyItem(item, key, merge)
  const seen = new Set(own.map(identify))
  const rest = target?.kind === 'sequence' ? target.items : []
  const kept = rest.filter((item) => !isEmpty(item) && !seen.has(identify(item)))
  const merged = own.map((item) =>
    mergeItem(
      item,
      rest.find((old) => identify(old) === identify(item)),
      merge,
    ),
  )
  const sequence: Sequence = { kind: 'sequence', flow: patch.flow, items: [...merged, ...kept] }
  return sequence
}

/** The merge key of the items; `''` for lists of texts. */
const mergedLists = new Map([
  ['metadata.finalizers', ''],
  ['metadata.ownerReferences', 'uid'],
])

function identifyItem(item: Node, key: string, merge: Merge): string {
  const node = key === '' ? item : getField(item, key)
  if (node?.kind !== 'scalar') throw fail(merge, 'list item without its merge key')
  return node.value
}

function mergeItem(item: Node, former: Node | undefined, merge: Merge): Node {
  if (item.kind !== 'mapping' || former?.kind !== 'mapping') return item
  mergeFields(former, item, merge)
  return former
}

function fail(context: { file: string; path?: readonly string[] }, reason: string): SyncError {
  const path = context.path?.slice(0, 2).join('.') ?? ''
  return new SyncError('KustomizePatchFailed', { data: { file: context.file, path, reason } })
}
