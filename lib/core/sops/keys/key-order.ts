import { SyncError } from '../../errors.ts'
import { type KeyKind, keyKinds } from './key-entry.ts'

/**
 * Reads kinds of keys to try first as sops does: `kms,age`. What is no kind has no effect there, and none here.
 * @throws {SyncError} SopsKeyOrderInvalid where a kind is named twice
 */
export function parseKeyOrder(text: string): KeyKind[] {
  const names = text.split(',')
  if (new Set(names).size < names.length)
    throw new SyncError('SopsKeyOrderInvalid', { data: { order: text } })
  return keyKinds.filter((kind) => names.includes(kind)).sort((a, b) => names.indexOf(a) - names.indexOf(b))
}
