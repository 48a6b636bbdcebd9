import { isSyncError } from '../../errors.ts'
import { composeDocument } from './compose.ts'
import { decodeLegacy } from './decode-legacy.ts'
import {
  createMapping,
  createScalar,
  type Entry,
  isNullish,
  type Mapping,
  type Node,
  type Scalar,
  type ScalarStyle,
  tags,
} from './node.ts'
import { resolveTag } from './resolve.ts'
import type { YamlSource } from './source.ts'

/** The value of the field `name`, or `undefined`. */
export function getField(map: Node | undefined, name: string): Node | undefined {
  return map?.kind === 'mapping' ? map.entries.find(({ key }) => key.value === name)?.value : undefined
}

/** The text of the scalar field `name`; `''` where there is none. */
export function getText(map: Node | undefined, name: string): string {
  const field = getField(map, name)
  return field?.kind === 'scalar' ? field.value : ''
}

/** Removes the field `name`. */
export function clearField(map: Mapping, name: string): void {
  const at = map.entries.findIndex(({ key }) => key.value === name)
  if (at >= 0) map.entries.splice(at, 1)
}

export interface FieldValue {
  readonly name: string
  /** `undefined` clears the field. */
  readonly value: Node | undefined
  /** Style of the key where the field is new. */
  readonly keyStyle?: ScalarStyle
  /** Whether a null is set; else it clears the field. */
  readonly keepNull?: boolean
}

/**
 * Sets a field. One that exists keeps its style, so that what was quoted stays quoted; a new text that YAML 1.1 takes
 * for another type is quoted.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/yaml/fns.go (FieldSetter)
 */
export function setField(map: Mapping, field: FieldValue): void {
  const at = map.entries.findIndex(({ key }) => key.value === field.name)
  const entry = changeEntry(map.entries[at], field)
  if (entry === null) clearField(map, field.name)
  else if (at < 0) map.entries.push(entry)
}

/** Sets many fields, as {@link setField} sets one, in a time that does not grow with the square of their number. */
export function setFields(map: Mapping, fields: Iterable<FieldValue>): void {
  const entries = new Map(map.entries.map((entry) => [entry.key.value, entry]))
  for (const field of fields) {
    const entry = changeEntry(entries.get(field.name), field)
    if (entry === null) entries.delete(field.name)
    else entries.set(field.name, entry)
  }
  map.entries = [...entries.values()]
}

/** The entry with the value, a new one where there is none; `null` where it goes. */
function changeEntry(entry: Entry | undefined, field: FieldValue): Entry | null {
  const { name, value } = field
  if (value === undefined || (isNullish(value) && field.keepNull !== true)) return null
  if (entry === undefined) {
    const key = createScalar(name, { style: field.keyStyle ?? 'plain' })
    return { key, value: quoteForYaml11(value) }
  }
  // A node that is set where it stands has no other to take the style from.
  if (entry.value === value) entry.value = quoteForYaml11(value)
  else if (entry.value.kind === 'scalar' && value.kind === 'scalar') overwriteScalar(entry.value, value)
  else entry.value = takeStyle(value, entry.value)
  return entry
}

/** In place, since a label in two fields of an object is one node to kustomize: a patch of one changes both. */
function overwriteScalar(scalar: Scalar, next: Scalar): void {
  const { style, tagged } = scalar
  Object.assign(scalar, next, { style, tagged })
}

/** `value` in the style of the node that it replaces. */
export function takeStyle(value: Node, replaced: Node): Node {
  if (value.kind === 'scalar') {
    const style = replaced.kind === 'scalar' ? replaced.style : 'plain'
    return { ...value, style, tagged: replaced.kind === 'scalar' && replaced.tagged }
  }
  return { ...value, flow: replaced.kind !== 'scalar' && replaced.flow }
}

function quoteForYaml11(value: Node): Node {
  if (value.kind !== 'scalar' || value.style !== 'plain' || value.tagged) return value
  const isString = value.tag === tags.string || value.tag === ''
  if (isString && isNonStringInYaml11(value.value)) value.style = 'double'
  return value
}

const anonymous: YamlSource = {
  file: '',
  code: 'ManifestInvalid',
  dialect: 'v2',
  encrypted: true,
}

/** Whether go-yaml v2 would read the text as anything but a string. */
function isNonStringInYaml11(text: string): boolean {
  if (text === '' || text.includes('\n')) return false
  if (/^[\w+/=.-]+$/.test(text)) return typeof decodeLegacy(plainScalar(text), anonymous) !== 'string'
  return isStructuredText(text)
}

function plainScalar(text: string): Scalar {
  return createScalar(text, { tag: resolveTag(text) })
}

function isStructuredText(text: string): boolean {
  const parsed = parseLeniently(text)
  return parsed.readable && typeof parsed.value !== 'string'
}

function parseLeniently(text: string): { readable: boolean; value?: unknown } {
  try {
    const node = composeDocument(text, anonymous)
    return { readable: true, value: node === null ? null : decodeLegacy(node, anonymous) }
  } catch (error) {
    if (isSyncError(error, 'ManifestInvalid')) return { readable: false }
    throw error
  }
}

/** The mapping under `name`; one is made where there is none. */
export function ensureMapping(map: Mapping, name: string): Mapping {
  const field = getField(map, name)
  if (field?.kind === 'mapping') return field
  clearField(map, name)
  const created = createMapping()
  setField(map, { name, value: created })
  return created
}
