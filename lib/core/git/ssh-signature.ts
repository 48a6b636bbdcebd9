import { createHash, verify } from 'node:crypto'
import { decodePem } from '../ssh/pem.ts'
import { parseSshPublicKey } from '../ssh/public-key.ts'
import { createWireReader, formatWireString } from '../ssh/wire-reader.ts'

const magic = 'SSHSIG'
const namespace = 'git'
const hashes = ['sha256', 'sha512']

/**
 * Whether `armored` is a signature of `payload`, made for Git by one of `signers` (`ssh-ed25519 AAAA… comment`).
 * What cannot be read is no signature.
 * @see https://cvsweb.openbsd.org/src/usr.bin/ssh/PROTOCOL.sshsig
 */
export function isSshSignatureBy(signers: readonly string[], armored: string, payload: Uint8Array): boolean {
  try {
    const signature = parseSignature(decodePem(armored))
    return (
      signature !== null &&
      signers.some((signer) => readKeyField(signer) === signature.publicKey.toString('base64')) &&
      isValid(signature, payload)
    )
  } catch (thrown) {
    if (thrown instanceof RangeError) return false
    throw thrown
  }
}

/** Whether a signature is one of SSH rather than of PGP. */
export function isSshSignature(armored: string): boolean {
  return armored.startsWith('-----BEGIN SSH SIGNATURE-----')
}

/** Whether `signer` is a public key that signatures can be checked with: `ssh-ed25519 AAAA… comment`. */
export function isSshSigner(signer: string): boolean {
  try {
    return parseSshPublicKey(Buffer.from(readKeyField(signer), 'base64')) !== null
  } catch {
    return false
  }
}

interface Signature {
  readonly publicKey: Buffer
  readonly hash: string
  readonly algorithm: string
  readonly bytes: Buffer
}

function parseSignature(blob: Buffer): Signature | null {
  if (blob.subarray(0, magic.length).toString('latin1') !== magic) return null
  const reader = createWireReader(blob.subarray(magic.length))
  if (reader.readUint32() !== 1) return null
  const publicKey = reader.readString()
  const isForGit = reader.readString().toString('latin1') === namespace
  reader.readString() // reserved
  const hash = reader.readString().toString('latin1')
  const inner = createWireReader(reader.readString())
  const algorithm = inner.readString().toString('latin1')
  return isForGit && hashes.includes(hash) ? { publicKey, hash, algorithm, bytes: inner.readString() } : null
}

function isValid({ publicKey, hash, algorithm, bytes }: Signature, payload: Uint8Array): boolean {
  const found = parseSshPublicKey(publicKey)
  if (!found || !Object.hasOwn(found.digests, algorithm)) return false
  const signed = Buffer.concat([
    Buffer.from(magic),
    formatWireString(namespace),
    formatWireString(''),
    formatWireString(hash),
    formatWireString(createHash(hash).update(payload).digest()),
  ])
  const { key, digests, integerBytes } = found
  const digest = digests[algorithm]
  if (integerBytes === undefined) return verify(digest, signed, key, bytes)
  return verify(digest, signed, { key, dsaEncoding: 'ieee-p1363' }, joinIntegers(bytes, integerBytes))
}

/** The two numbers of an ECDSA signature side by side, each as long as the curve wants it. */
function joinIntegers(bytes: Buffer, sizeBytes: number): Buffer {
  const { readString } = createWireReader(bytes)
  return Buffer.concat([resize(readString(), sizeBytes), resize(readString(), sizeBytes)])
}

function resize(integer: Buffer, sizeBytes: number): Buffer {
  const padded = Buffer.concat([Buffer.alloc(sizeBytes), integer])
  return padded.subarray(padded.length - sizeBytes)
}

/** The base64 of the key in a line of `authorized_keys` without options, written anew so that equal keys are equal. */
function readKeyField(signer: string): string {
  return Buffer.from(signer.trim().split(/\s+/)[1] ?? '', 'base64').toString('base64')
}
