import { createPrivateKey } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { parseSshPrivateKey } from '../../../../../lib/adapters/keys/age/ssh-private-key.ts'
import {
  encodeSshPublicKey,
  formatSshRecipient,
} from '../../../../../lib/adapters/keys/age/ssh-public-key.ts'
import { readKey } from '../read-fixture.ts'

describe('the public half of an SSH key', () => {
  it.each(['ed25519.ssh', 'rsa.ssh'])('of %s is what ssh-keygen wrote', (name) => {
    const [type = '', wireKey = ''] = readKey(`${name}.pub`).text.split(' ')
    const key = parseSshPrivateKey(readKey(name).text)
    expect(formatSshRecipient(key)).toBe(`${type} ${wireKey}`)
    expect(encodeSshPublicKey(key)).toEqual({ type, wireKey: Buffer.from(wireKey, 'base64') })
  })

  it('is refused for other kinds of keys', () => {
    const pem =
      '-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VuBCIEIHcHbQpzGKV9PBbBclGyZkXfTC+H68CZKrF3+6UduSwq\n-----END PRIVATE KEY-----\n'
    expect(() => encodeSshPublicKey(createPrivateKey(pem))).toThrow(
      expect.objectContaining({ code: 'SopsKeyInvalid' }),
    )
  })
})
