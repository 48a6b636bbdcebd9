import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { createWireReader, type WireReader } from './wire-reader.ts'

/** A public key that `node:crypto` can use, and the digest that its signatures are made with. */
export interface SshPublicKey {
  readonly key: KeyObject
  /** Names of signature algorithms to digests; `null` where the key hashes by itself. */
  readonly digests: Readonly<Record<string, string | null>>
  /** Size of the two numbers of an ECDSA signature; absent for other keys. */
  readonly integerBytes?: number
}

/**
 * A public key in its wire form: Ed25519, RSA or ECDSA over a NIST curve. `null` for another kind.
 * @throws {RangeError} where the bytes are cut off
 * @see https://www.rfc-editor.org/rfc/rfc4253#section-6.6, https://www.rfc-editor.org/rfc/rfc5656#section-3.1
 */
export function parseSshPublicKey(wire: Buffer): SshPublicKey | null {
  const reader = createWireReader(wire)
  const type = reader.readString().toString('latin1')
  const kind = Object.hasOwn(kinds, type) ? kinds[type] : undefined
  if (!kind) return null
  const { readJwk, ...rest } = kind
  return { key: createPublicKey({ format: 'jwk', key: readJwk(reader) }), ...rest }
}

interface Kind extends Omit<SshPublicKey, 'key'> {
  readonly readJwk: (reader: WireReader) => JsonWebKey
}

const kinds: Readonly<Record<string, Kind>> = {
  'ssh-ed25519': {
    digests: { 'ssh-ed25519': null },
    readJwk: ({ readString }) => ({ kty: 'OKP', crv: 'Ed25519', x: readString().toString('base64url') }),
  },
  'ssh-rsa': {
    // RSA with SHA-1 (`ssh-rsa`) can be forged.
    digests: { 'rsa-sha2-256': 'sha256', 'rsa-sha2-512': 'sha512' },
    readJwk({ readString }) {
      const [e, n] = [readString(), readString()]
      return { kty: 'RSA', e: encodeInteger(e), n: encodeInteger(n) }
    },
  },
  'ecdsa-sha2-nistp256': ecdsa('P-256', { 'ecdsa-sha2-nistp256': 'sha256' }, 32),
  'ecdsa-sha2-nistp384': ecdsa('P-384', { 'ecdsa-sha2-nistp384': 'sha384' }, 48),
  'ecdsa-sha2-nistp521': ecdsa('P-521', { 'ecdsa-sha2-nistp521': 'sha512' }, 66),
}

function ecdsa(crv: string, digests: Kind['digests'], integerBytes: number): Kind {
  return {
    digests,
    integerBytes,
    readJwk({ readString }) {
      readString() // the curve once more
      // An uncompressed point: 4, x, y.
      const point = readString().subarray(1)
      const [x, y] = [point.subarray(0, point.length / 2), point.subarray(point.length / 2)]
      return { kty: 'EC', crv, x: x.toString('base64url'), y: y.toString('base64url') }
    },
  }
}

/** A positive `mpint` as a JWK has it: without the zero that keeps it positive. */
export function encodeInteger(bytes: Buffer): string {
  return bytes.subarray(bytes[0] === 0 ? 1 : 0).toString('base64url')
}
