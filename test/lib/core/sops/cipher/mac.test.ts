import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { createMacHash } from '../../../../../lib/core/sops/cipher/mac.ts'

const digest = (...parts: (string | Uint8Array)[]) =>
  parts
    .reduce((hash, part) => hash.update(part), createHash('sha512'))
    .digest('hex')
    .toUpperCase()

describe('a MAC hash', () => {
  it('is SHA-512 over the values, in upper case', () => {
    const hash = createMacHash(false)
    hash.add({ type: 'str', text: 'é' })
    hash.add({ type: 'bytes', bytes: Uint8Array.of(255) })
    hash.add({ type: 'bool', value: true })
    expect(hash.matches(digest('é', Uint8Array.of(255), 'True'))).toBe(true)
  })

  it('starts with SHA-256 of the name sops where only encrypted values count', () => {
    const hash = createMacHash(true)
    hash.add({ type: 'str', text: 'a' })
    expect(hash.matches(digest(createHash('sha256').update('sops').digest(), 'a'))).toBe(true)
  })

  it.each(['', 'x', digest('a').toLowerCase()])('does not match %j', (mac) => {
    const hash = createMacHash(false)
    hash.add({ type: 'str', text: 'a' })
    expect(hash.matches(mac)).toBe(false)
  })

  it.each(['9007199254740993', '9007199254740992'])(
    'takes %s for a plain JSON integer beyond 2^53',
    (text) => {
      const hash = createMacHash(false)
      hash.add({ type: 'str', text: 'before' })
      hash.addJsonInteger(9007199254740993n)
      hash.add({ type: 'str', text: 'after' })
      expect(hash.matches(digest('before', text, 'after'))).toBe(true)
    },
  )
})
