import { decodeBase64 } from '../base64.ts'
import { SyncError } from '../errors.ts'
import { decodeUtf8 } from '../utf8.ts'

/** A ConfigMap or Secret whose entries are variables. */
export interface VariableRef {
  readonly kind: 'ConfigMap' | 'Secret'
  readonly namespace: string
  readonly name: string
}

/** The entries of such an object. */
export interface VariableObject {
  /** Another one whenever the object has changed; absent where nothing but the values themselves would tell. */
  readonly version?: string
  readonly values: ReadonlyMap<string, string>
}

/** The fields of a ConfigMap or Secret that hold text, as they were written. */
export interface VariableFields {
  readonly data?: unknown
  readonly stringData?: unknown
}

/**
 * The entries of a ConfigMap or Secret by key. `stringData` goes before `data`, as in the Kubernetes API; `binaryData`
 * does not count.
 * @throws {SyncError} SubstitutionFailed for what is no text; a value is never part of it
 */
export function readVariableFields(
  kind: VariableRef['kind'],
  { data, stringData }: VariableFields,
): ReadonlyMap<string, string> {
  if (kind === 'ConfigMap') return new Map(listTexts(data))
  const decoded = listTexts(data).map(([key, encoded]) => [key, decode(key, encoded)] as const)
  return new Map([...decoded, ...listTexts(stringData)])
}

function listTexts(field: unknown): readonly (readonly [key: string, text: string])[] {
  const entries = Object.entries(field ?? {}).filter(([, value]) => value !== null)
  return entries.map(([key, value]) => [key, typeof value === 'string' ? value : refuse(key)] as const)
}

function decode(key: string, encoded: string): string {
  const bytes = decodeBase64(encoded)
  return (bytes && decodeUtf8(bytes)) ?? refuse(key)
}

function refuse(variable: string): never {
  throw new SyncError('SubstitutionFailed', { data: { variable, reason: 'value that is no text' } })
}
