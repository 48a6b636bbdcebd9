import { clearField, ensureMapping, getField, setField, setFields } from '../yaml/fields.ts'
import { compareUtf8 } from '../yaml/json.ts'
import { createScalar, isEmpty, type Mapping, type Node, tags } from '../yaml/node.ts'

/** A text of the metadata, and whether it came from an encrypted file. */
export interface MetadataText {
  readonly text: string
  readonly tainted: boolean
}

export type MetadataMap = ReadonlyMap<string, MetadataText>

/** Labels or annotations with the source text of their values: `1.50`, `True`, `~`. */
export function getMetadataMap(root: Mapping, field: 'labels' | 'annotations'): MetadataMap {
  const map = getField(getMetadata(root), field)
  if (map?.kind !== 'mapping') return new Map()
  return new Map(map.entries.map(({ key, value }) => [key.value, readText(value)]))
}

function readText(node: Node): MetadataText {
  return node.kind === 'scalar' ? { text: node.value, tainted: node.tainted } : { text: '', tainted: false }
}

/**
 * Writes labels or annotations anew: keys lose their quotes, values become strings; an empty map is dropped.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/rnode.go (setMapInMetadata)
 */
export function setMetadataMap(root: Mapping, field: 'labels' | 'annotations', map: MetadataMap): void {
  const metadata = ensureMapping(root, 'metadata')
  clearField(metadata, field)
  if (map.size === 0) return
  const written = ensureMapping(metadata, field)
  const sorted = [...map].sort(([left], [right]) => compareUtf8(left, right))
  setFields(
    written,
    sorted.map(([name, { text, tainted }]) => {
      const style = text.includes('\n') ? 'literal' : 'plain'
      return { name, value: createScalar(text, { tag: tags.string, style, tainted }) }
    }),
  )
}

/** One annotation, as kustomize adds its own: in single quotes, and after an empty map was dropped. */
export function setAnnotation(root: Mapping, name: string, text: string): void {
  setQuoted(root, 'annotations', { name, text })
}

/** One label, as the generators add them. */
export function setLabel(root: Mapping, name: string, text: string): void {
  setQuoted(root, 'labels', { name, text })
}

function setQuoted(
  root: Mapping,
  field: 'labels' | 'annotations',
  entry: { name: string; text: string },
): void {
  const metadata = getMetadata(root)
  if (field === 'annotations' && metadata && isEmpty(getField(metadata, field))) clearField(metadata, field)
  const map = ensureMapping(ensureMapping(root, 'metadata'), field)
  const value = createScalar(entry.text, { tag: tags.string, style: 'single' })
  setField(map, { name: entry.name, value })
}

/** The metadata, unless it is absent or empty. */
export function getMetadata(root: Mapping): Mapping | undefined {
  const metadata = getField(root, 'metadata')
  return metadata?.kind === 'mapping' && metadata.entries.length > 0 ? metadata : undefined
}
