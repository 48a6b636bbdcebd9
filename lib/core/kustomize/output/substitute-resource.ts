import { SyncError } from '../../errors.ts'
import { substituteText, type Variables } from '../../flux/substitute.ts'
import { type Budget, unlimited } from '../budget.ts'
import { getMetadataMap } from '../resource/metadata.ts'
import type { Resource } from '../resource/resource.ts'
import { taintNode } from '../resource/taint.ts'
import { composeDocument } from '../yaml/compose.ts'
import { decodeNode, type Place } from '../yaml/decode.ts'
import { decodeLegacy } from '../yaml/decode-legacy.ts'
import { encodeJson } from '../yaml/encode.ts'
import { formatNode } from '../yaml/format.ts'
import { isJsonList, isJsonMap, type Json } from '../yaml/json.ts'
import {
  createMapping,
  createScalar,
  createSequence,
  type Mapping,
  type Node,
  type Scalar,
  tags,
} from '../yaml/node.ts'
import type { YamlSource } from '../yaml/source.ts'

const switchName = 'kustomize.toolkit.fluxcd.io/substitute'

/** Whether Flux looks for expressions in the object. */
export function isSubstituted({ root }: Resource): boolean {
  return (['labels', 'annotations'] as const).every(
    (field) => getMetadataMap(root, field).get(switchName)?.text !== 'disabled',
  )
}

/**
 * Replaces the expressions in an object. Flux does so in its YAML, which it reads again by YAML 1.1: what was a text may
 * become a number, and a value with YAML in it is YAML.
 * @see https://github.com/fluxcd/pkg/blob/kustomize/v1.44.0/kustomize/kustomize_varsub.go
 * @throws {SyncError} SubstitutionFailed
 */
export function substituteResource(resource: Resource, variables: Variables, budget: Budget): void {
  const substitution: Substitution = { variables, file: resource.file, budget }
  const place: Place = { file: resource.file, path: [], inFlow: resource.root.flow }
  resource.root = substituteMapping(resource.root, substitution, place)
}

/** The name before its hash, with its expressions replaced. @throws {SyncError} SubstitutionFailed */
export function substituteName(name: string, variables: Variables, file: string): string {
  const { value } = substituteIn(createScalar(name), { variables, file, budget: unlimited }, 'value')
  if (typeof value === 'string') return value
  throw fail(file, 'name that is no text')
}

interface Substitution {
  readonly variables: Variables
  readonly file: string
  readonly budget: Budget
}

function substituteMapping(node: Mapping, substitution: Substitution, place: Place): Mapping {
  const inside = { ...place, inFlow: place.inFlow || node.flow }
  const entries = node.entries.map(({ key, value }) => ({
    key: substituteKey(key, substitution),
    value: substituteNode(value, substitution, { ...inside, position: 'value' }),
  }))
  return { ...createMapping(entries), flow: node.flow }
}

/** Whether a text stands behind a key or behind a dash decides what YAML in it becomes. */
type Spot = Place & { readonly position: 'value' | 'item' }

function substituteNode(node: Node, substitution: Substitution, spot: Spot): Node {
  switch (node.kind) {
    case 'mapping':
      return substituteMapping(node, substitution, spot)
    case 'sequence': {
      const inside = { ...spot, inFlow: spot.inFlow || node.flow, position: 'item' as const }
      const items = node.items.map((item) => substituteNode(item, substitution, inside))
      return { ...createSequence(items), flow: node.flow }
    }
    case 'scalar':
      return substituteScalar(node, substitution, spot)
  }
}

function substituteScalar(node: Scalar, substitution: Substitution, spot: Spot): Node {
  const text = decodeNode(node, spot)
  if (typeof text !== 'string' || !text.includes('$')) return node
  const { value, tainted } = substituteIn(createScalar(text), substitution, spot.position)
  const encoded = encodeJson(value)
  if (tainted || node.tainted) taintNode(encoded)
  return encoded
}

function substituteKey(key: Scalar, substitution: Substitution): Scalar {
  if (!key.value.includes('$')) return key
  const { value, tainted } = substituteIn(createScalar(key.value), substitution, 'key')
  const [name] = isJsonMap(value) ? [...value.keys()] : []
  if (name === undefined) throw fail(substitution.file, 'key that is no text')
  return createScalar(name, { tag: tags.string, tainted: tainted || key.tainted })
}

/** Writes a text where it stands as YAML, replaces what is in it, and reads it again. */
function substituteIn(
  text: Scalar,
  { variables, file, budget }: Substitution,
  position: 'value' | 'item' | 'key',
): { value: Json; tainted: boolean } {
  const written = formatNode(frame(text, position), file)
  const { value: replaced, tainted } = substituteText(written, variables)
  budget.spend(replaced.length, file)
  const source: YamlSource = { file, code: 'ManifestInvalid', dialect: 'v2', encrypted: true, budget }
  const root = composeDocument(replaced, source)
  const value = root === null ? null : decodeLegacy(root, source)
  switch (position) {
    case 'value':
      return { value: isJsonMap(value) ? (value.get('k') ?? null) : null, tainted }
    case 'item':
      return { value: isJsonList(value) ? (value[0] ?? null) : null, tainted }
    case 'key':
      return { value, tainted }
  }
}

function frame(text: Scalar, position: 'value' | 'item' | 'key'): Node {
  switch (position) {
    case 'value':
      return createMapping([{ key: createScalar('k'), value: text }])
    case 'item':
      return createSequence([text])
    case 'key':
      return createMapping([{ key: text, value: createScalar('') }])
  }
}

function fail(file: string, reason: string): SyncError {
  return new SyncError('SubstitutionFailed', { data: { file, reason } })
}
