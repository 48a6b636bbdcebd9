import { createCipheriv } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createX25519Key, openFileKey } from '../../../../../lib/adapters/keys/age/x25519.ts'

const hex = (text: string) => Buffer.from(text, 'hex')

describe('an X25519 key', () => {
  /** The first vector of RFC 7748, section 5.2. */
  const key = createX25519Key(hex('a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4'))

  it('multiplies as RFC 7748 does', () => {
    const point = hex('e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c')
    expect(Buffer.from(key.multiply(point)).toString('hex')).toBe(
      'c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552',
    )
  })

  it('agrees on a secret with another', () => {
    const other = createX25519Key(Buffer.alloc(32, 9))
    expect(key.multiply(other.publicKey)).toEqual(other.multiply(key.publicKey))
  })

  it.each([0, 31, 33])('refuses a point of %d bytes', (length) => {
    expect(() => key.multiply(Buffer.alloc(length, 9))).toThrow()
  })

  it('refuses points of low order, which make every secret zero', () => {
    expect(() => key.multiply(Buffer.alloc(32))).toThrow()
    expect(() => key.multiply(hex(`01${'00'.repeat(31)}`))).toThrow()
  })
})

describe('openFileKey', () => {
  const wrapKey = Buffer.alloc(32, 3)
  const seal = (fileKey: Uint8Array) => {
    const cipher = createCipheriv('chacha20-poly1305', wrapKey, Buffer.alloc(12), { authTagLength: 16 })
    return Buffer.concat([cipher.update(fileKey), cipher.final(), cipher.getAuthTag()])
  }

  it('opens a key of 16 bytes with the right key', () => {
    const body = seal(Buffer.alloc(16, 5))
    expect(openFileKey(body, wrapKey)).toEqual(Buffer.alloc(16, 5))
    expect(() => openFileKey(body, Buffer.alloc(32, 4))).toThrow()
  })

  it.each([0, 15, 17])('refuses one of %d bytes', (length) => {
    expect(() => openFileKey(seal(Buffer.alloc(length)), wrapKey)).toThrow(RangeError)
  })
})
