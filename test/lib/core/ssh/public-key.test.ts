import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseSshPublicKey } from '../../../../lib/core/ssh/public-key.ts'
import { formatWireString } from '../../../../lib/core/ssh/wire-reader.ts'

const folder = join(import.meta.dirname, '../../../fixtures/git/signed')
const readWire = (name: string) =>
  Buffer.from(readFileSync(join(folder, `${name}.signer`), 'utf8').split(' ')[1] ?? '', 'base64')

describe('parseSshPublicKey', () => {
  it.each([
    ['ssh-ed25519', 'ed25519', undefined],
    ['ssh-rsa2048', 'rsa', undefined],
    ['ssh-ecdsa256', 'ec', 32],
    ['ssh-ecdsa384', 'ec', 48],
    ['ssh-ecdsa521', 'ec', 66],
  ])('reads %s', (name, type, integerBytes) => {
    const found = parseSshPublicKey(readWire(name))
    expect(found?.key.asymmetricKeyType).toBe(type)
    expect(found?.integerBytes).toBe(integerBytes)
  })

  it('knows no other kind, and fails on one that is cut off', () => {
    expect(parseSshPublicKey(formatWireString('sk-ssh-ed25519@openssh.com'))).toBeNull()
    expect(parseSshPublicKey(formatWireString('constructor'))).toBeNull()
    expect(() => parseSshPublicKey(readWire('ssh-ed25519').subarray(0, 20))).toThrow(RangeError)
  })
})
