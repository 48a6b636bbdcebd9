/** A JSON value as Go holds it: `bigint` for its integers, `number` for its floats, maps with string keys. */
export type Json = null | boolean | string | bigint | number | readonly Json[] | ReadonlyMap<string, Json>

export type JsonMap = ReadonlyMap<string, Json>

export function isJsonMap(value: Json | undefined): value is JsonMap {
  return value instanceof Map
}

export function isJsonList(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

/** Order of the UTF-8 bytes, which is the order of code points; JavaScript compares UTF-16 units. */
export function compareUtf8(left: string, right: string): number {
  const length = Math.min(left.length, right.length)
  for (let at = 0; at < length; at += 1) {
    const [a, b] = [left.charCodeAt(at), right.charCodeAt(at)]
    if (a !== b) return rankUnit(a) - rankUnit(b)
  }
  return left.length - right.length
}

/** Surrogates stand for code points above all others. */
function rankUnit(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800
  return unit >= 0xd800 ? unit + 0x2000 : unit
}

/**
 * The compact JSON of Go's `encoding/json`: keys sorted by their bytes, `<`, `>`, `&`, U+2028 and U+2029 escaped.
 * @see https://pkg.go.dev/encoding/json#Marshal
 */
export function formatGoJson(value: Json): string {
  if (typeof value === 'string') return formatText(value)
  if (typeof value === 'number') return Object.is(value, -0) ? '-0' : String(value)
  if (isJsonMap(value)) {
    const keys = [...value.keys()].sort(compareUtf8)
    return `{${keys.map((key) => `${formatText(key)}:${formatGoJson(value.get(key) ?? null)}`).join(',')}}`
  }
  if (isJsonList(value)) return `[${value.map(formatGoJson).join(',')}]`
  return String(value)
}

/** The same on lines that are indented by two for each level; empty maps and lists stay on theirs. */
export function indentGoJson(value: Json, indent = '\n'): string {
  const inner = `${indent}  `
  if (isJsonMap(value) && value.size > 0) {
    const keys = [...value.keys()].sort(compareUtf8)
    const fields = keys.map((key) => `${formatText(key)}: ${indentGoJson(value.get(key) ?? null, inner)}`)
    return `{${inner}${fields.join(`,${inner}`)}${indent}}`
  }
  if (isJsonList(value) && value.length > 0) {
    return `[${inner}${value.map((item) => indentGoJson(item, inner)).join(`,${inner}`)}${indent}]`
  }
  return formatGoJson(value)
}

function formatText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
