import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseSshPrivateKey } from '../../../../../lib/adapters/keys/age/ssh-private-key.ts'

const keys = join(import.meta.dirname, '../../../../fixtures/keys')

function readKey(name: string): string {
  return readFileSync(join(keys, name), 'utf8')
}

describe('parseSshPrivateKey', () => {
  it('reads one RSA key alike from its three formats', () => {
    const [first, ...others] = ['rsa.ssh', 'rsa-pkcs1.pem', 'rsa-pkcs8.pem'].map((name) =>
      parseSshPrivateKey(readKey(name)).export({ format: 'jwk' }),
    )
    expect(first).toMatchObject({ kty: 'RSA', e: 'AQAB' })
    expect(others).toEqual([first, first])
  })

  it('reads an Ed25519 key whose public half fits', () => {
    const wireKey = Buffer.from(readKey('ed25519.ssh.pub').split(' ')[1] ?? '', 'base64')
    expect(parseSshPrivateKey(readKey('ed25519.ssh')).export({ format: 'jwk' })).toMatchObject({
      crv: 'Ed25519',
      x: wireKey.subarray(-32).toString('base64url'),
    })
  })

  it.each([
    ['ed25519-locked.ssh', 'passphrase'],
    ['rsa-pkcs1-locked.pem', 'passphrase'],
    ['ecdsa.ssh', 'malformed'],
    ['ed25519.ssh.pub', 'malformed'],
  ])('refuses %s as %s', (name, reason) => {
    expect(() => parseSshPrivateKey(readKey(name))).toThrow(
      expect.objectContaining({ code: 'SopsKeyInvalid', data: { reason } }),
    )
  })

  it('fails with a code whatever stands in the file', () => {
    const body = Buffer.from(readKey('rsa.ssh').replace(/-----.*-----/g, ''), 'base64')
    const place = fc.record({ at: fc.nat(body.length - 1), length: fc.nat(body.length), byte: fc.nat(255) })
    fc.assert(
      fc.property(place, ({ at, length, byte }) => {
        const damaged = Buffer.from(body.subarray(0, length))
        if (at < length) damaged[at] = byte
        const pem = `-----BEGIN OPENSSH PRIVATE KEY-----\n${damaged.toString('base64')}\n-----END OPENSSH PRIVATE KEY-----`
        try {
          parseSshPrivateKey(pem)
        } catch (thrown) {
          expect(thrown).toMatchObject({ code: 'SopsKeyInvalid' })
        }
      }),
    )
  })
})
