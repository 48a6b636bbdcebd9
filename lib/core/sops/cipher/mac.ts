import { createHash, type Hash, timingSafeEqual } from 'node:crypto'
import { formatFixed } from '../../go/float-text.ts'
import type { Scalar } from '../tree.ts'
import { formatScalar } from './canonical-text.ts'

/** SHA-256 of `sops`: keeps a MAC over the encrypted values apart from one over all. */
const macOnlyEncryptedPrefix = '8a3fd2ad54ce66527b1034f3d147be0b0b975b3bf44f72c6fdadec8176f27d69'

/** Takes the values of a file in walking order. */
export interface MacHash {
  add(scalar: Scalar): void
  /**
   * An integer that stands in plain JSON. Releases before 3.13.2 read it as a double, so beyond 2^53 there are two
   * right MACs.
   */
  addJsonInteger(value: bigint): void
  /** Whether `mac`, the decrypted text, is the MAC of what was added. */
  matches(mac: string): boolean
}

/** @see https://github.com/getsops/sops/blob/main/sops.go (Decrypt, ToBytes) */
export function createMacHash(macOnlyEncrypted: boolean): MacHash {
  const hash = createHash('sha512')
  let roundedHash: Hash | null = null
  if (macOnlyEncrypted) hash.update(macOnlyEncryptedPrefix, 'hex')

  const update = (content: string | Uint8Array) => {
    hash.update(content)
    roundedHash?.update(content)
  }
  return {
    add(scalar) {
      update(scalar.type === 'bytes' ? scalar.bytes : formatScalar(scalar))
    },
    addJsonInteger(value) {
      const exact = value.toString()
      const rounded = formatFixed(Number(value))
      if (rounded !== exact) roundedHash ??= hash.copy()
      hash.update(exact)
      roundedHash?.update(rounded)
    },
    matches(mac) {
      return [hash, roundedHash].some((each) => each !== null && isSameText(formatDigest(each), mac))
    },
  }
}

function formatDigest(hash: Hash): string {
  return hash.digest('hex').toUpperCase()
}

function isSameText(left: string, right: string): boolean {
  const [one, other] = [Buffer.from(left), Buffer.from(right)]
  return one.length === other.length && timingSafeEqual(one, other)
}
