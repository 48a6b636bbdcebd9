import {
  constants,
  createDecipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  privateDecrypt,
} from 'node:crypto'
import type { Identity } from 'age-encryption'
import { SyncError } from '../../../core/errors.ts'

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
  const ownPublicKey = exportRaw(createPublicKey(importX25519(scalar)))
  const tweak = deriveKey(Buffer.alloc(0), wireKey)
  return createIdentity('ssh-ed25519', wireKey, ({ args: [, , share = ''], body }) => {
    const ephemeral = Buffer.from(share, 'base64')
    const secret = multiply(tweak, multiply(scalar, ephemeral))
    return openFileKey(body, deriveKey(secret, Buffer.concat([ephemeral, ownPublicKey])))
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

/** The file key is sealed with ChaCha20-Poly1305 under a key of its own, hence the nonce of zeros. */
function openFileKey(body: Uint8Array, key: Uint8Array): Uint8Array {
  const tagAt = Math.max(body.length - 16, 0)
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: 16 })
  decipher.setAuthTag(body.subarray(tagAt))
  return Buffer.concat([decipher.update(body.subarray(0, tagAt)), decipher.final()])
}

function deriveKey(secret: Uint8Array, salt: Uint8Array): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, salt, ed25519Label, 32))
}

/** X25519 of RFC 7748; throws where `point` is of low order or of another length. */
function multiply(scalar: Uint8Array, point: Uint8Array): Buffer {
  const publicKey = createPublicKey({
    format: 'jwk',
    key: { kty: 'OKP', crv: 'X25519', x: Buffer.from(point).toString('base64url') },
  })
  return diffieHellman({ privateKey: importX25519(scalar), publicKey })
}

/** A JWK would want the public half too, so the scalar goes into PKCS#8. */
function importX25519(scalar: Uint8Array): KeyObject {
  const header = Buffer.from('302e020100300506032b656e04220420', 'hex')
  return createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([header, scalar]) })
}

function exportRaw(publicKey: KeyObject): Buffer {
  return Buffer.from(publicKey.export({ format: 'jwk' }).x ?? '', 'base64url')
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
