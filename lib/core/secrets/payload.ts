import { SyncError } from '../errors.ts'
import { SecretValue } from '../secret-value.ts'
import { decodeUtf8 } from '../utf8.ts'
import type { Origin, SecretKind } from './desired.ts'
import { formatOrigin } from './format-origin.ts'
import { hasLeftoverCiphertext } from './leftover-ciphertext.ts'
import { storeLimits } from './store-limits.ts'

/** A value that may be published. */
export interface Payload {
  readonly value: SecretValue
  /** `string` where the bytes are UTF-8. */
  readonly kind: SecretKind
}

/**
 * Lets a value pass that the store takes and that is no ciphertext.
 * @throws {SyncError} SecretEmpty, SecretTooLarge, CiphertextLeftOver
 */
export function createPayload(bytes: Uint8Array, origin: Origin): Payload {
  const from = formatOrigin(origin)
  if (bytes.length === 0) throw new SyncError('SecretEmpty', { data: { from } })
  if (bytes.length > storeLimits.valueSizeBytes) {
    throw new SyncError('SecretTooLarge', { data: { from, sizeBytes: bytes.length } })
  }
  assertDecrypted(bytes, origin)
  return { value: SecretValue.fromBytes(bytes), kind: decodeUtf8(bytes) === null ? 'binary' : 'string' }
}

/** @throws {SyncError} CiphertextLeftOver */
export function assertDecrypted(bytes: Uint8Array, origin: Origin): void {
  if (hasLeftoverCiphertext(bytes)) {
    throw new SyncError('CiphertextLeftOver', { data: { from: formatOrigin(origin) } })
  }
}
