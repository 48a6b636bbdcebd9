import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { splitSignature } from '../../../../lib/core/git/commit-signature.ts'
import { isSshSignature, isSshSignatureBy, isSshSigner } from '../../../../lib/core/git/ssh-signature.ts'

const read = (name: string) => readFileSync(join(import.meta.dirname, '../../../fixtures/git/signed', name))
const signed = splitSignature(read('ssh-ed25519.commit'))
const signer = read('ssh-ed25519.signer').toString()

describe('isSshSignatureBy', () => {
  it('takes a key with and without its comment', () => {
    const { signature = '', payload = Buffer.alloc(0) } = signed ?? {}
    expect(isSshSignature(signature)).toBe(true)
    expect(isSshSignatureBy([signer], signature, payload)).toBe(true)
    expect(isSshSignatureBy([signer.split(' ').slice(0, 2).join(' ')], signature, payload)).toBe(true)
    expect(isSshSignatureBy([signer], signature, Buffer.concat([payload, payload]))).toBe(false)
  })

  it('finds no signature in any other text', () => {
    const payload = Buffer.from('x')
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const text = `-----BEGIN SSH SIGNATURE-----\n${Buffer.from(bytes).toString('base64')}\n`
        expect(isSshSignatureBy([signer], text, payload)).toBe(false)
        const begun = Buffer.concat([Buffer.from('SSHSIG\0\0\0\x01'), bytes]).toString('base64')
        expect(isSshSignatureBy([signer], begun, payload)).toBe(false)
      }),
    )
  })
})

describe('isSshSigner', () => {
  it.each(['ed25519', 'rsa2048', 'ecdsa256', 'ecdsa384', 'ecdsa521'])('takes a key of %s', (kind) => {
    expect(isSshSigner(read(`ssh-${kind}.signer`).toString())).toBe(true)
  })

  it.each([
    '',
    'ssh-ed25519',
    'ssh-ed25519 AAAA',
    'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA==',
    'git@github.com',
  ])('refuses %j', (text) => {
    expect(isSshSigner(text)).toBe(false)
  })
})
