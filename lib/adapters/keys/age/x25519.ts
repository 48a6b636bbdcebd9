import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  type KeyObject,
} from 'node:crypto'

const fileKeyBytes = 16
const tagBytes = 16

/** A private key of RFC 7748, ready to multiply with. */
export interface X25519Key {
  /** Its public half. */
  readonly publicKey: Uint8Array
  /** X25519 with this scalar; throws where `point` is of low order or has not 32 bytes. */
  multiply(point: Uint8Array): Uint8Array
}

/** @param scalar 32 bytes */
export function createX25519Key(scalar: Uint8Array): X25519Key {
  const privateKey = importScalar(scalar)
  const { x = '' } = createPublicKey(privateKey).export({ format: 'jwk' })
  return {
    publicKey: Buffer.from(x, 'base64url'),
    multiply: (point) => diffieHellman({ privateKey, publicKey: importPoint(point) }),
  }
}

/** A JWK would want the public half too, so the scalar goes into PKCS#8. */
function importScalar(scalar: Uint8Array): KeyObject {
  const header = Buffer.from('302e020100300506032b656e04220420', 'hex')
  return createPrivateKey({ format: 'der', type: 'pkcs8', key: Buffer.concat([header, scalar]) })
}

function importPoint(point: Uint8Array): KeyObject {
  const x = Buffer.from(point).toString('base64url')
  return createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'X25519', x } })
}

/**
 * The file key in the body of a stanza, sealed with ChaCha20-Poly1305 under a key of its own, hence the nonce of zeros.
 * Throws where `key` is another, and where the body has another length than every file key makes it.
 */
export function openFileKey(body: Uint8Array, key: Uint8Array): Uint8Array {
  if (body.length !== fileKeyBytes + tagBytes) throw new RangeError('not the size of a file key')
  const decipher = createDecipheriv('chacha20-poly1305', key, Buffer.alloc(12), { authTagLength: tagBytes })
  decipher.setAuthTag(body.subarray(fileKeyBytes))
  const fileKey = decipher.update(body.subarray(0, fileKeyBytes))
  decipher.final()
  return fileKey
}
