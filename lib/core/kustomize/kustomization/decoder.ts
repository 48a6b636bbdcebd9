import { SyncError } from '../../errors.ts'
import { formatGeneral } from '../../go/float-text.ts'
import { isJsonList, isJsonMap, type Json } from '../yaml/json.ts'

/** Where a value stands: the file and the path of the field, such as `secretGenerator[0].files`. */
export interface FieldPlace {
  readonly file: string
  readonly path: string
  /**
   * Whether fields that nobody knows are left out, as in the configuration of plugins. There, too, the readers of
   * kustomize differ about letter case, so that only the exact one is accepted, and texts in maps may be numbers.
   */
  readonly lenient?: boolean
}

/** Reads one value as Go's `encoding/json` fills a struct field; never called with null, which means "not set". */
export type Decoder<T> = (value: Json, place: FieldPlace) => T

type Fields = Readonly<Record<string, Decoder<unknown>>>

/** What a struct decoder yields: each field that was set. */
export type Decoded<F extends Fields> = {
  readonly [K in keyof F]?: F[K] extends Decoder<infer T> ? T : never
}

export const text: Decoder<string> = (value, place) => {
  if (typeof value !== 'string') throw createFieldError(place, 'text expected')
  return value
}

export const flag: Decoder<boolean> = (value, place) => {
  if (typeof value !== 'boolean') throw createFieldError(place, 'true or false expected')
  return value
}

export const integer: Decoder<number> = (value, place) => {
  const isWhole = typeof value === 'bigint' || (typeof value === 'number' && Number.isInteger(value))
  if (!isWhole) throw createFieldError(place, 'integer expected')
  return Number(value)
}

/** Anything; used where only the presence of a field matters. */
export const anything: Decoder<Json> = (value) => value

/** A null item is Go's zero value: what `zero` says. */
export function list<T>(item: Decoder<T>, zero: Json = new Map()): Decoder<readonly T[]> {
  return (value, place) => {
    if (!isJsonList(value)) throw createFieldError(place, 'list expected')
    return value.map((part, at) => item(part ?? zero, { ...place, path: `${place.path}[${at}]` }))
  }
}

export const texts: Decoder<readonly string[]> = list(text, '')

function isJsonNumber(value: Json): value is number | bigint | boolean {
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean'
}

function formatNumber(value: number | bigint | boolean): string {
  return typeof value === 'number' ? formatGeneral(value) : String(value)
}

/** A map of texts, null standing for the empty text. */
export const textMap: Decoder<ReadonlyMap<string, string>> = (value, place) => {
  if (!isJsonMap(value)) throw createFieldError(place, 'map expected')
  const map = new Map<string, string>()
  for (const [key, part] of value) {
    const isNumber = place.lenient === true && isJsonNumber(part)
    map.set(key, isNumber ? formatNumber(part) : text(part ?? '', joinPlace(place, key)))
  }
  return map
}

/**
 * A struct: field names match in any letter case, unknown ones are errors unless the place is lenient.
 * @throws {SyncError} KustomizationInvalid with file and field
 */
export function struct<F extends Fields>(fields: F): Decoder<Decoded<F>> {
  const names = new Map(Object.keys(fields).map((name) => [name.toLowerCase(), name]))
  return (value, place) => {
    if (!isJsonMap(value)) throw createFieldError(place, 'map expected')
    const decoded: Record<string, unknown> = {}
    for (const [key, part] of value) {
      const name = Object.hasOwn(fields, key) ? key : names.get(key.toLowerCase())
      const at = joinPlace(place, key)
      if (name === undefined) {
        if (place.lenient === true) continue
        throw createFieldError(at, 'unknown field')
      }
      if (place.lenient === true && name !== key) throw createFieldError(at, `letter case of ${name}`)
      if (Object.hasOwn(decoded, name)) throw createFieldError(at, 'field given twice')
      if (part !== null) decoded[name] = fields[name]?.(part, at)
    }
    return decoded as Decoded<F>
  }
}

function joinPlace(place: FieldPlace, key: string): FieldPlace {
  return { ...place, path: place.path === '' ? key : `${place.path}.${key}` }
}

/** The error for one field; its value is never part of it. */
export function createFieldError(place: FieldPlace, reason: string): SyncError {
  return new SyncError('KustomizationInvalid', { data: { file: place.file, field: place.path, reason } })
}
