import { compareUtf8, isJsonList, isJsonMap, type Json, type JsonMap } from './json.ts'
import {
  createMapping,
  createScalar,
  createSequence,
  type Mapping,
  type Node,
  type Scalar,
  tags,
} from './node.ts'
import { analyzePresentation } from './presentation.ts'
import { resolvePlain } from './resolve.ts'

/**
 * A tree for values, styled as go-yaml would write them: what a tree looks like to kustomize after a JSON patch.
 * @see https://github.com/yaml/go-yaml/blob/v3.0.5/encode.go
 */
export function encodeJson(value: JsonMap): Mapping
export function encodeJson(value: Json): Node
export function encodeJson(value: Json): Node {
  if (isJsonMap(value)) {
    const keys = [...value.keys()].sort(compareUtf8)
    return createMapping(
      keys.map((key) => ({ key: encodeText(key), value: encodeJson(value.get(key) ?? null) })),
    )
  }
  if (isJsonList(value)) return createSequence(value.map(encodeJson))
  return encodeScalar(value)
}

/** One value that is no list or map. */
export function encodeScalar(value: null | boolean | string | bigint | number): Scalar {
  if (typeof value === 'string') return encodeText(value)
  if (value === null) return createScalar('null', { tag: tags.null })
  const text = typeof value === 'number' ? formatGoFloat(value) : String(value)
  return createScalar(text, { tag: resolvePlain(text).tag })
}

function encodeText(text: string): Scalar {
  return createScalar(text, { tag: tags.string, style: chooseStyle(text) })
}

function chooseStyle(text: string): Scalar['style'] {
  const presentation = analyzePresentation(text)
  if (text.includes('\n')) return presentation.blockAllowed ? 'literal' : 'double'
  if (resolvePlain(text).tag !== tags.string || isOldBoolean(text) || isSexagesimal(text)) return 'double'
  if (presentation.plainAllowed) return 'plain'
  return presentation.singleAllowed ? 'single' : 'double'
}

/** YAML 1.1 words that YAML 1.2 no longer takes for booleans; go-yaml quotes them all the same. */
function isOldBoolean(text: string): boolean {
  return /^([yYnN]|yes|Yes|YES|no|No|NO|on|On|ON|off|Off|OFF)$/.test(text)
}

function isSexagesimal(text: string): boolean {
  return /^[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\.[0-9_]*)?$/.test(text)
}

/** Go's `FormatFloat(value, 'g', -1, 64)`: an exponent below -4 and from 6 on. */
export function formatGoFloat(value: number): string {
  if (Object.is(value, -0)) return '-0'
  const [mantissa = '', exponent = '0'] = value.toExponential().split('e')
  const power = Number(exponent)
  if (power >= -4 && power < 6) return String(value)
  const digits = String(Math.abs(power)).padStart(2, '0')
  return `${mantissa}e${power < 0 ? '-' : '+'}${digits}`
}
