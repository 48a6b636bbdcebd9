import { describe, expect, it } from 'vitest'
import { splitIdentities } from '../../../../../lib/adapters/keys/age/identity-text.ts'

function split(text: string): [number, string, string][] {
  return splitIdentities({ source: 'keys.txt', text }).map(({ line, kind, text }) => [line, kind, text])
}

describe('splitIdentities', () => {
  it('leaves comments, blank lines and carriage returns out', () => {
    expect(split('# created\r\n\r\n  # public key\r\nAGE-SECRET-KEY-1A\r\n')).toEqual([
      [4, 'native', 'AGE-SECRET-KEY-1A'],
    ])
  })

  it('takes several identities on a line', () => {
    expect(split('AGE-SECRET-KEY-1A AGE-SECRET-KEY-PQ-1B\tAGE-PLUGIN-X-1C')).toEqual([
      [1, 'native', 'AGE-SECRET-KEY-1A'],
      [1, 'native', 'AGE-SECRET-KEY-PQ-1B'],
      [1, 'plugin', 'AGE-PLUGIN-X-1C'],
    ])
  })

  it('keeps PEM blocks whole, in their place among lines', () => {
    const pem = '-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\nBBBB\n-----END OPENSSH PRIVATE KEY-----'
    expect(split(`AGE-SECRET-KEY-1A\n${pem}\nage1public\n${pem}`)).toEqual([
      [1, 'native', 'AGE-SECRET-KEY-1A'],
      [2, 'ssh', pem],
      [6, 'malformed', 'age1public'],
      [7, 'ssh', pem],
    ])
  })

  it.each([
    ['-----BEGIN AGE ENCRYPTED FILE-----\nAAAA\n-----END AGE ENCRYPTED FILE-----', 'passphrase'],
    ['age-encryption.org/v1\n-> scrypt a 18\n', 'passphrase'],
    ['-----BEGIN RSA PRIVATE KEY-----\nAAAA\n-----END RSA PRIVATE KEY-----', 'ssh'],
    ['-----BEGIN PGP PRIVATE KEY BLOCK-----\nAAAA\n-----END PGP PRIVATE KEY BLOCK-----', 'malformed'],
  ])('knows what kind %j is', (text, kind) => {
    expect(splitIdentities({ source: 'x', text }).map((found) => found.kind)).toEqual([kind])
  })
})
