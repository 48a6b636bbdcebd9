import { hkdfSync } from 'node:crypto'
import type { Identity } from 'age-encryption'
import { createX25519Key, openFileKey, type X25519Key } from './x25519.ts'

type Stanza = Parameters<Identity['unwrapFileKey']>[0][number]

const label = 'age-encryption.org/v1/X25519'
const alphabet = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l'
const checksumLength = 6

/**
 * The native identity of age. That of the library goes through WebCrypto: some ten hops between threads for every file,
 * which take milliseconds on a busy machine.
 * @param text `AGE-SECRET-KEY-1…`, whose checksum holds
 * @see https://github.com/C2SP/C2SP/blob/main/age.md#the-x25519-recipient-type
 */
export function createX25519Identity(text: string): Identity {
  const key = createX25519Key(decodeBech32(text))
  return {
    unwrapFileKey(stanzas) {
      for (const stanza of stanzas) {
        const fileKey = stanza.args[0] === 'X25519' ? openStanza(key, stanza) : null
        if (fileKey) return fileKey
      }
      return null
    },
  }
}

/** `null` where the stanza is for another key: nothing but the authentication tells. */
function openStanza(key: X25519Key, { args: [, share = ''], body }: Stanza): Uint8Array | null {
  const point = Buffer.from(share, 'base64')
  const salt = Buffer.concat([point, key.publicKey])
  const wrapKey = Buffer.from(hkdfSync('sha256', key.multiply(point), salt, label, 32))
  try {
    return openFileKey(body, wrapKey)
  } catch {
    return null
  }
}

/** The bytes behind the last `1`: five bits a character. */
function decodeBech32(text: string): Uint8Array {
  const characters = text.toLowerCase().slice(text.lastIndexOf('1') + 1, -checksumLength)
  const bits = [...characters]
    .map((character) => alphabet.indexOf(character).toString(2).padStart(5, '0'))
    .join('')
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2))
}
