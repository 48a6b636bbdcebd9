import { armor, Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { describe, expect, it } from 'vitest'
import { createX25519Identity } from '../../../../../lib/adapters/keys/age/x25519-identity.ts'
import { readEncrypted, readKey } from '../read-fixture.ts'

async function decrypt(identity: string, file: Uint8Array): Promise<string> {
  const decrypter = new Decrypter()
  decrypter.addIdentity(createX25519Identity(identity))
  return await decrypter.decrypt(file, 'text')
}

describe('the native identity', () => {
  it('opens what the library encrypts, among files for others', async () => {
    const identities = await Promise.all(Array.from({ length: 5 }, generateX25519Identity))
    const encrypter = new Encrypter()
    for (const identity of identities) encrypter.addRecipient(await identityToRecipient(identity))
    const file = await encrypter.encrypt('content')
    for (const identity of identities) expect(await decrypt(identity, file)).toBe('content')
    await expect(decrypt(await generateX25519Identity(), file)).rejects.toThrow()
  })

  it('opens what age encrypts', async () => {
    const identity = /AGE-SECRET-KEY-1\w+/.exec(readKey('x25519.agekey').text)?.[0] ?? ''
    const file = armor.decode(readEncrypted('x25519.age'))
    expect((await decrypt(identity, file)).length).toBe(32)
  })
})
