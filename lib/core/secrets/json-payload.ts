import { SyncError } from '../errors.ts'
import { decodeUtf8 } from '../utf8.ts'
import type { Origin } from './desired.ts'
import { formatOrigin } from './format-origin.ts'
import { assertDecrypted, createPayload, type Payload } from './payload.ts'

/** One key of a group, with the bytes that it stands for. */
export interface KeyedValue {
  readonly key: string
  readonly bytes: Uint8Array
  readonly origin: Origin
}

/**
 * All values as one JSON object without white space. Its keys are in byte order, so that equal values are equal text.
 * @throws {SyncError} SecretValueBinary, CiphertextLeftOver, each naming the key; SecretTooLarge
 */
export function createJsonPayload(values: readonly KeyedValue[], origin: Origin): Payload {
  const members = [...values]
    .sort((one, other) => Buffer.compare(Buffer.from(one.key), Buffer.from(other.key)))
    .map((value) => `${JSON.stringify(value.key)}:${JSON.stringify(readText(value))}`)
  return createPayload(Buffer.from(`{${members.join(',')}}`), origin)
}

/** Escapes of JSON could hide ciphertext, so that each value is judged before it becomes JSON. */
function readText({ bytes, origin }: KeyedValue): string {
  assertDecrypted(bytes, origin)
  const text = decodeUtf8(bytes)
  if (text === null) throw new SyncError('SecretValueBinary', { data: { from: formatOrigin(origin) } })
  return text
}
