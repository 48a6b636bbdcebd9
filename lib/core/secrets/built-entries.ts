import { decodeBase64 } from '../base64.ts'
import type { Config } from '../config/config.ts'
import { SyncError } from '../errors.ts'
import type { ParameterEntry } from '../parameters/parameter-entry.ts'
import type { BuiltObject, BuiltValue } from './built-object.ts'
import type { Origin } from './desired.ts'
import { formatOrigin } from './format-origin.ts'
import type { KeyedValue } from './json-payload.ts'
import { listEntries } from './list-entries.ts'
import type { SecretEntry } from './secret-entry.ts'

/** What the original controller puts before the names of an overlay without a prefix. */
const defaultPrefix = 'default'

/**
 * The entries of each Secret of an overlay in the layout of the config; `stringData` goes before `data`, as in the
 * Kubernetes API. ConfigMaps are no secrets: none of them may hold decrypted values, unless they become parameters.
 * @throws {SyncError} SecretInPublicField, SecretValueInvalid, and as `listEntries`
 */
export function listBuiltEntries(
  objects: readonly BuiltObject[],
  config: Pick<Config, 'secrets' | 'parameters'>,
): SecretEntry[] {
  for (const object of objects) assertNoTaintInPublic(object, config)
  const prefix = config.secrets.prefix ?? defaultPrefix
  return objects
    .filter(({ kind }) => kind === 'Secret')
    .flatMap((secret) => {
      const { kind, nameWithoutHash: object } = secret
      const origin: Origin = { kind, name: object }
      return listEntries({ prefix, object, origin, values: readValues(secret) }, config.secrets)
    })
}

/**
 * A parameter for each key of each ConfigMap, where the config has parameters. What is tainted says so.
 * @throws {SyncError} SecretValueInvalid
 */
export function listBuiltParameters(
  objects: readonly BuiltObject[],
  { secrets, parameters }: Pick<Config, 'secrets' | 'parameters'>,
): ParameterEntry[] {
  if (!parameters) return []
  const prefix = secrets.prefix ?? defaultPrefix
  return objects
    .filter(({ kind }) => kind === 'ConfigMap')
    .flatMap(({ kind, nameWithoutHash: name, data, binaryData = new Map<string, BuiltValue>() }) => {
      const read = (key: string, value: BuiltValue, decode: (text: string) => Uint8Array | null) => {
        const origin: Origin = { kind, name, key }
        const bytes = decode(readText(value, origin))
        if (!bytes) throw new SyncError('SecretValueInvalid', { data: { from: formatOrigin(origin) } })
        return { prefix, key, origin, bytes, tainted: value.tainted }
      }
      return [
        ...[...data].map(([key, value]) => read(key, value, (text) => Buffer.from(text))),
        ...[...binaryData].map(([key, value]) => read(key, value, decodeBase64)),
      ]
    })
}

function readValues(secret: BuiltObject): KeyedValue[] {
  const { kind, nameWithoutHash: name, data, stringData } = secret
  return [...new Set([...data.keys(), ...stringData.keys()])].map((key) => {
    const origin: Origin = { kind, name, key }
    return { key, bytes: readValue(secret, key, origin), origin }
  })
}

/** A tainted field may be the very name of the object, so the error names only fields and, safe by then, keys. */
function assertNoTaintInPublic(object: BuiltObject, { parameters }: Pick<Config, 'parameters'>): void {
  const { kind, nameWithoutHash: name, taintedFields } = object
  const [field] = taintedFields
  if (field !== undefined) throw new SyncError('SecretInPublicField', { data: { kind, field } })
  if (kind !== 'ConfigMap' || parameters) return
  for (const values of [object.data, object.stringData, object.binaryData ?? new Map<string, BuiltValue>()]) {
    const [key] = [...values].find(([, { tainted }]) => tainted) ?? []
    if (key !== undefined)
      throw new SyncError('SecretInPublicField', { data: { from: formatOrigin({ kind, name, key }) } })
  }
}

function readValue({ data, stringData }: BuiltObject, key: string, origin: Origin): Uint8Array {
  const plain = stringData.get(key)
  if (plain) return Buffer.from(readText(plain, origin))
  const encoded = data.get(key)
  const bytes = encoded ? decodeBase64(readText(encoded, origin)) : null
  if (!bytes) throw new SyncError('SecretValueInvalid', { data: { from: formatOrigin(origin) } })
  return bytes
}

function readText({ value }: BuiltValue, origin: Origin): string {
  if (typeof value !== 'string')
    throw new SyncError('SecretValueInvalid', { data: { from: formatOrigin(origin) } })
  return value
}
