import type { SyncError } from '../../errors.ts'
import { copyNode, type Entry, type Mapping, type Node, tags } from './node.ts'
import { createSourceError, type YamlSource } from './source.ts'

/**
 * Applies the `<<` key of a mapping and refuses duplicate keys, which kustomize finds only when it prints. Own keys
 * beat merged ones; in a list of maps the earlier beats the later.
 * @throws {SyncError} the code of `source`
 */
export function finishMapping(node: Mapping, source: YamlSource): Mapping {
  const keys = new Set<string>()
  for (const { key } of node.entries) {
    if (keys.has(key.value)) throw createKeyError(source, 'duplicate key', key.value)
    keys.add(key.value)
  }
  const merge = node.entries.find(({ key }) => key.tag === tags.merge)
  if (merge === undefined) return node
  const merged = new Map<string, Entry>()
  for (const map of listMerged(merge.value, source)) {
    for (const entry of map.entries) if (!merged.has(entry.key.value)) merged.set(entry.key.value, entry)
  }
  if (source.dialect === 'v2') {
    assertOwnKeysWin(node.entries.slice(0, node.entries.indexOf(merge)), merged, source)
  }
  const own = node.entries.filter((entry) => entry !== merge)
  const added = [...merged.values()].filter(({ key }) => !keys.has(key.value))
  const copies = added.map(({ key, value }) => ({ key: { ...key }, value: copyNode(value) }))
  return { ...node, entries: [...own, ...copies] }
}

function listMerged(value: Node, source: YamlSource): readonly Mapping[] {
  const items = value.kind === 'sequence' ? value.items : [value]
  return items.map((item) => {
    if (item.kind !== 'mapping') throw createSourceError(source, 'merge of something that is no map')
    return item
  })
}

/** go-yaml v2 lets a merge overwrite the keys before it; nobody means that. */
function assertOwnKeysWin(
  before: readonly Entry[],
  merged: ReadonlyMap<string, Entry>,
  source: YamlSource,
): void {
  const lost = before.find(({ key }) => merged.has(key.value))
  if (lost) throw createKeyError(source, 'key before a merge that has it too', lost.key.value)
}

/** Names the key only where it is no secret. */
function createKeyError(source: YamlSource, reason: string, key: string): SyncError {
  return createSourceError(source, reason, source.encrypted ? {} : { key })
}
