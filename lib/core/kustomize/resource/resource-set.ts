import { SyncError } from '../../errors.ts'
import { type Budget, unlimited } from '../budget.ts'
import { isEmpty } from '../yaml/node.ts'
import { getAllIds, getCurrentId, type Resource } from './resource.ts'
import { describeId, formatIdKey, type ResourceId } from './resource-id.ts'

/**
 * The resources of a layer in order. Lookups by id are indexed; whoever changes ids or the list in another way than
 * through these functions calls {@link forgetIds}.
 */
export interface ResourceSet {
  resources: Resource[]
  /** What a step that adds to every resource is charged to. */
  readonly budget: Budget
  index: { readonly current: Map<string, number>; readonly any: Map<string, Set<Resource>> } | null
}

export function createResourceSet(resources: Resource[] = [], budget: Budget = unlimited): ResourceSet {
  return { resources, budget, index: null }
}

/** Charges what a step adds to every resource. @throws {SyncError} KustomizeTooLarge */
export function spendOnEach({ resources, budget }: ResourceSet, bytes: number): void {
  budget.spend(bytes * resources.length, resources[0]?.file ?? '')
}

const testBytes = 64

/** Charges a test of every resource: it takes time, not memory, and what is without number has to end. */
export function spendOnTests(set: ResourceSet): void {
  spendOnEach(set, testBytes)
}

/** To be called after ids changed. */
export function forgetIds(set: ResourceSet): void {
  set.index = null
}

/** Appends a resource. @throws {SyncError} KustomizeConflict where its id is taken */
export function appendResource(set: ResourceSet, resource: Resource): void {
  const index = indexIds(set)
  const id = getCurrentId(resource)
  if (index.current.has(formatIdKey(id))) throw createConflict(resource, id)
  set.resources.push(resource)
  addToIndex(index, resource)
}

/** Every resource that has or had the id; empty ones are none. */
export function findByAnyId(set: ResourceSet, id: ResourceId): readonly Resource[] {
  return [...(indexIds(set).any.get(formatIdKey(id)) ?? [])]
}

/** The one resource that has or had the id, or what is wrong. */
export function findUniqueByAnyId(set: ResourceSet, id: ResourceId): Resource | 'missing' | 'ambiguous' {
  const found = findByAnyId(set, id)
  return found.length > 1 ? 'ambiguous' : (found[0] ?? 'missing')
}

/** Puts `next` in the place of `former`. */
export function replaceResource(set: ResourceSet, former: Resource, next: Resource): void {
  const at = set.resources.indexOf(former)
  set.resources[at] = next
  const { index } = set
  if (index === null) return
  removeFromIndex(index, former)
  addToIndex(index, next)
}

/** Changes one resource, its ids perhaps, without the index having to be made anew. */
export function changeResource({ index }: ResourceSet, resource: Resource, change: () => void): void {
  if (index !== null) removeFromIndex(index, resource)
  change()
  if (index !== null) addToIndex(index, resource)
}

/** Drops what a patch has emptied. */
export function dropEmptyResources(set: ResourceSet): void {
  const kept = set.resources.filter(({ root }) => !isEmpty(root))
  if (kept.length === set.resources.length) return
  set.resources = kept
  forgetIds(set)
}

/** @throws {SyncError} KustomizeConflict where two resources have the same id */
export function assertUniqueIds(set: ResourceSet): void {
  const seen = new Set<string>()
  for (const resource of set.resources) {
    const id = getCurrentId(resource)
    const key = formatIdKey(id)
    if (seen.has(key)) throw createConflict(resource, id)
    seen.add(key)
  }
}

function createConflict(resource: Resource, id: ResourceId): SyncError {
  return new SyncError('KustomizeConflict', { data: { id: describeId(id), file: resource.file } })
}

type Index = NonNullable<ResourceSet['index']>

function indexIds(set: ResourceSet): Index {
  if (set.index !== null) return set.index
  const index: Index = { current: new Map(), any: new Map() }
  for (const resource of set.resources) addToIndex(index, resource)
  set.index = index
  return index
}

function addToIndex(index: Index, resource: Resource): void {
  const [current = '', ...former] = getAllIds(resource).map(formatIdKey)
  index.current.set(current, (index.current.get(current) ?? 0) + 1)
  if (isEmpty(resource.root)) return
  for (const key of [current, ...former]) {
    const found = index.any.get(key)
    if (found === undefined) index.any.set(key, new Set([resource]))
    else found.add(resource)
  }
}

function removeFromIndex(index: Index, resource: Resource): void {
  const [current = '', ...former] = getAllIds(resource).map(formatIdKey)
  const left = (index.current.get(current) ?? 1) - 1
  if (left === 0) index.current.delete(current)
  else index.current.set(current, left)
  for (const key of [current, ...former]) index.any.get(key)?.delete(resource)
}
