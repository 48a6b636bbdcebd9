import type { KeyObject } from 'node:crypto'
import { SyncError } from '../../../core/errors.ts'
import { formatWireString } from '../../../core/ssh/wire-reader.ts'

/** The public half of an SSH key, as it stands on the wire. */
export interface SshPublicKey {
  readonly type: 'ssh-ed25519' | 'ssh-rsa'
  readonly wireKey: Uint8Array
}

/**
 * @throws {SyncError} SopsKeyInvalid for keys that are neither RSA nor Ed25519
 * @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6
 */
export function encodeSshPublicKey(key: KeyObject): SshPublicKey {
  const { x = '', n, e } = key.export({ format: 'jwk' })
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return { type: 'ssh-ed25519', wireKey: encodeWire('ssh-ed25519', Buffer.from(x, 'base64url')) }
    case 'rsa':
      return { type: 'ssh-rsa', wireKey: encodeWire('ssh-rsa', encodePositive(e), encodePositive(n)) }
    default:
      throw new SyncError('SopsKeyInvalid', { data: { reason: 'malformed' } })
  }
}

/** How files name the key that they are encrypted for: `ssh-ed25519 AAAA…`, without the comment that may follow. */
export function formatSshRecipient(key: KeyObject): string {
  const { type, wireKey } = encodeSshPublicKey(key)
  return `${type} ${Buffer.from(wireKey).toString('base64')}`
}

function encodeWire(type: string, ...parts: Buffer[]): Buffer {
  return Buffer.concat([type, ...parts].map(formatWireString))
}

/** An `mpint` of RFC 4251: a leading zero keeps a number with its top bit set positive. */
function encodePositive(base64url = ''): Buffer {
  const bytes = Buffer.from(base64url, 'base64url')
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes])
}
