import { createPrivateKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { SyncError } from '../../../core/errors.ts'
import { decodePem } from '../../../core/ssh/pem.ts'
import { encodeInteger } from '../../../core/ssh/public-key.ts'
import { createWireReader, type WireReader } from '../../../core/ssh/wire-reader.ts'

const magic = 'openssh-key-v1\0'

/**
 * An RSA or Ed25519 private key from PEM text: the format of ssh-keygen, PKCS#1 or PKCS#8, without a passphrase.
 * @throws {SyncError} SopsKeyInvalid with `reason` `passphrase` or `malformed`
 * @see https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.key
 */
export function parseSshPrivateKey(pem: string): KeyObject {
  if (/^(-----BEGIN ENCRYPTED|Proc-Type: 4,ENCRYPTED)/m.test(pem)) throw refuse('passphrase')
  try {
    return /^-----BEGIN OPENSSH /.test(pem)
      ? createPrivateKey({ format: 'jwk', key: parseOpenSshKey(decodePem(pem)) })
      : createPrivateKey(pem)
  } catch (thrown) {
    throw thrown instanceof SyncError ? thrown : refuse('malformed', thrown)
  }
}

function refuse(reason: 'passphrase' | 'malformed', cause?: unknown): SyncError {
  return new SyncError('SopsKeyInvalid', { data: { reason }, cause })
}

function parseOpenSshKey(file: Buffer): JsonWebKey {
  if (file.subarray(0, magic.length).toString('latin1') !== magic) throw refuse('malformed')
  const outer = createWireReader(file.subarray(magic.length))
  const cipher = outer.readString().toString('latin1')
  outer.readString() // key derivation function
  outer.readString() // its options
  if (cipher !== 'none') throw refuse('passphrase')
  if (outer.readUint32() !== 1) throw refuse('malformed')
  outer.readString() // public key
  const inner = createWireReader(outer.readString())
  const [check, checkAgain] = [inner.readUint32(), inner.readUint32()]
  if (check !== checkAgain) throw refuse('malformed')
  const type = inner.readString().toString('latin1')
  if (type === 'ssh-ed25519') return readEd25519(inner)
  if (type === 'ssh-rsa') return readRsa(inner)
  throw refuse('malformed')
}

function readEd25519({ readString }: WireReader): JsonWebKey {
  const publicKey = readString()
  const seed = readString().subarray(0, 32)
  return { kty: 'OKP', crv: 'Ed25519', x: publicKey.toString('base64url'), d: seed.toString('base64url') }
}

/** A JWK wants two exponents that the file leaves out. */
function readRsa({ readString }: WireReader): JsonWebKey {
  const [n, e, d] = [readString(), readString(), readString()]
  const [qi, p, q] = [readString(), readString(), readString()]
  const dp = reduceExponent(d, p)
  const dq = reduceExponent(d, q)
  const numbers = Object.entries({ n, e, d, p, q, dp, dq, qi })
  return { kty: 'RSA', ...Object.fromEntries(numbers.map(([name, value]) => [name, encodeInteger(value)])) }
}

function reduceExponent(exponent: Buffer, prime: Buffer): Buffer {
  const reduced = BigInt(`0x${exponent.toString('hex')}`) % (BigInt(`0x${prime.toString('hex')}`) - 1n)
  const hex = reduced.toString(16)
  return Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex')
}
