import { constants, createHash, hkdfSync, type KeyObject, privateDecrypt } from 'node:crypto'
import type { Identity } from 'age-encryption'
import { SyncError } from '../../../core/errors.ts'
import { createX25519Key, openFileKey } from './x25519.ts'

type Stanza = Parameters<Identity['unwrapFileKey']>[0][number]

const ed25519Label = 'age-encryption.org/v1/ssh-ed25519'
const rsaLabel = 'age-encryption.org/v1/ssh-rsa'

/**
 * The age identity of an SSH key; `age-encryption` itself knows none.
 * @throws {SyncError} SopsKeyInvalid for keys that are neither RSA nor Ed25519
 * @see https://github.com/FiloSottile/age/blob/main/agessh/agessh.go
 */
export function createSshIdentity(key: KeyObject): Identity {
  switch (key.asymmetricKeyType) {
    case 'ed25519':
      return createEd25519Identity(key)
    case 'rsa':
      return createRsaIdentity(key)
    default:
      throw new SyncError('SopsKeyInvalid', { data: { reason: 'malformed' } })
  }
}

function createRsaIdentity(key: KeyObject): Identity {
  const { n, e } = key.export({ format: 'jwk' })
  const wireKey = encodeWire('ssh-rsa', encodePositive(e), encodePositive(n))
  const padding = {
    padding: constants.RSA_PKCS1_OAEP_PADDING,
    oaepHash: 'sha256',
    oaepLabel: Buffer.from(rsaLabel),
  }
  return createIdentity('ssh-rsa', wireKey, ({ body }) => privateDecrypt({ key, ...padding }, body))
}

function createEd25519Identity(key: KeyObject): Identity {
  const { d = '', x = '' } = key.export({ format: 'jwk' })
  const wireKey = encodeWire('ssh-ed25519', Buffer.from(x, 'base64url'))
  const scalar = createHash('sha512').update(Buffer.from(d, 'base64url')).digest().subarray(0, 32)
  const own = createX25519Key(scalar)
  const tweak = createX25519Key(deriveKey(Buffer.alloc(0), wireKey))
  return createIdentity('ssh-ed25519', wireKey, ({ args: [, , share = ''], body }) => {
    const ephemeral = Buffer.from(share, 'base64')
    const secret = tweak.multiply(own.multiply(ephemeral))
    return openFileKey(body, deriveKey(secret, Buffer.concat([ephemeral, own.publicKey])))
  })
}

/** Opens the stanza that carries the tag of the key: the first four bytes of the hash of its public half. */
function createIdentity(type: string, wireKey: Buffer, open: (stanza: Stanza) => Uint8Array): Identity {
  const tag = createHash('sha256')
    .update(wireKey)
    .digest()
    .subarray(0, 4)
    .toString('base64')
    .replace(/=+$/, '')
  return {
    unwrapFileKey(stanzas) {
      const own = stanzas.find(({ args }) => args[0] === type && args[1] === tag)
      return own ? Uint8Array.from(open(own)) : null
    },
  }
}

function deriveKey(secret: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, ed25519Label, 32))
}

/** Strings of RFC 4251, one after another. */
function encodeWire(type: string, ...parts: Buffer[]): Buffer {
  return Buffer.concat(
    [Buffer.from(type), ...parts].flatMap((part) => {
      const length = Buffer.alloc(4)
      length.writeUInt32BE(part.length)
      return [length, part]
    }),
  )
}

/** An `mpint` of RFC 4251: a leading zero keeps a number with its top bit set positive. */
function encodePositive(base64url = ''): Buffer {
  const bytes = Buffer.from(base64url, 'base64url')
  return (bytes[0] ?? 0) < 0x80 ? bytes : Buffer.concat([Buffer.alloc(1), bytes])
}
